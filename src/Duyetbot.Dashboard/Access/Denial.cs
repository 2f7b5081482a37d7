using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Duyetbot.Dashboard.Access;

/// <summary>How a request is turned away: people go to the sign-in page, scripts get problem details (401, 403), circuits a bare 401.</summary>
internal sealed class Denial(IProblemDetailsService problems) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        if (AccessPaths.IsApi(context.Request.Path))
            await AnswerScriptAsync(context, authorizeResult);
        else if (AccessPaths.IsHub(context.Request.Path))
            await AnswerCircuitAsync(context.Response);
        else
            context.Response.Redirect(AccessPaths.LoginFor(AddressOf(context)));
    }

    // A page that is shown in place of an error has the address that was asked for.
    private static string AddressOf(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is { } original)
            return LocalAddress.Of(original.OriginalPath + original.OriginalQueryString);
        return HttpMethods.IsGet(context.Request.Method) ? LocalAddress.Of(context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()) : "/";
    }

    // With a body, so that no page is shown in its place.
    private static Task AnswerCircuitAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.ContentType = "text/plain";
        return response.WriteAsync("Sign in first.");
    }

    private async Task AnswerScriptAsync(HttpContext context, PolicyAuthorizationResult result)
    {
        var (status, title, detail) = (StatusCodes.Status403Forbidden, "This is not allowed.", $"The API key lacks the scope {ApiScopes.Of(context.Request)}.");
        if (result.Challenged)
        {
            var needed = AccessPaths.IsIngest(context.Request.Path) ? "Send an API key" : "Sign in, or send an API key";
            (status, title, detail) = (StatusCodes.Status401Unauthorized, "Who is asking?", KeyHandler.KeyOf(context.Request) is null ? $"{needed} as Authorization: Bearer or X-Api-Key." : "The API key is not known, or it was revoked.");
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        context.Response.StatusCode = status;
        await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = new ProblemDetails { Status = status, Title = title, Detail = detail } });
    }
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Duyetbot.Dashboard.Access;

/// <summary>Refuses what another site's page sends in a person's name: every change and every circuit must come from here, and a change at the API by cookie carries the antiforgery token.</summary>
/// <remarks>A request with an API key is none of a browser's own accord, so neither is asked of it. Programs other than browsers send no Origin.</remarks>
internal sealed class OriginGuard(RequestDelegate next, IAntiforgery antiforgery, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var kind = context.User.Identity?.AuthenticationType;
        // The provider's own answer comes from its site; it is checked by its handler.
        if (kind != AccessSchemes.Key && (IsChange(context.Request) || AccessPaths.IsHub(context.Request.Path)))
        {
            if (!IsFromHere(context.Request))
            {
                await RefuseAsync(context, "The request comes from another site's page.");
                return;
            }

            if (kind == AccessSchemes.Person && AccessPaths.IsApi(context.Request.Path) && !await antiforgery.IsRequestValidAsync(context))
            {
                await RefuseAsync(context, "A change by a signed-in browser carries the page's antiforgery token as RequestVerificationToken; scripts send an API key.");
                return;
            }
        }

        await next(context);
    }

    /// <summary>True where the browser says that the request comes from this host's own page, or where no browser sent it.</summary>
    internal static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site")
            return false;
        if (request.Headers.Origin is not { Count: > 0 } header)
            return true;
        // A form of a page without referrer has no origin. Where the browser does not say more, the form's own token decides.
        if (header == "null")
            return site == "same-origin" || AccessPaths.ChecksItsForm(request.Path);
        // Behind a proxy that nobody configured the scheme is not known; then the host alone decides.
        return Uri.TryCreate(header.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            && (origin.Scheme == request.Scheme || !request.IsHttps);
    }

    private static bool IsChange(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method));

    private async Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = new ProblemDetails { Status = 403, Title = "This is not allowed.", Detail = why } });
    }
}

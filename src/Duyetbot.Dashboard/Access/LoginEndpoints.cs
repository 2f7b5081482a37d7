using System.Globalization;
using Duyetbot.Dashboard.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Duyetbot.Dashboard.Access;

/// <summary>The door: the sign-in page, the link with a token, the way to the provider, and the way out.</summary>
internal sealed partial class LoginEndpoints(AccessOptions options, SignInToken token, SignIns signIns, AttemptLimit limit, IAntiforgery antiforgery, EndpointDataSource endpoints, ILogger<LoginEndpoints> logger)
{
    private const string CameFromElsewhere = "again";

    /// <summary>GET: the page; with <c>t</c> the sign-in itself, after which the token is out of the address bar.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (returnUrl, reason) = (LocalAddress.Of(query["returnUrl"]), (string?)query["reason"]);
        if (options.Mode == AuthMode.Unsecured || SignIn.Of(context.User) is not null)
            return Results.Redirect(returnUrl);
        if (options.Mode == AuthMode.Token && query.TryGetValue("t", out var text))
            return await TryAsync(context, text.ToString(), returnUrl, isLink: true);
        // A strict cookie is not sent with a link of another site, nor with what that is redirected to; a step of our own sends it.
        var next = context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && reason is null ? AccessPaths.LoginFor(returnUrl, CameFromElsewhere) : null;
        return Page(context, returnUrl, reason, StatusCodes.Status200OK, next);
    }

    /// <summary>POST: the token of the form.</summary>
    public async Task<IResult> SubmitAsync(HttpContext context)
    {
        if (options.Mode != AuthMode.Token)
            return Results.Redirect("/");
        if (!context.Request.HasFormContentType)
            return Page(context, "/", "form", StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var returnUrl = LocalAddress.Of(form["returnUrl"]);
        if (!await antiforgery.IsRequestValidAsync(context))
            return SignIn.Of(context.User) is null ? Page(context, returnUrl, "form", StatusCodes.Status400BadRequest) : Results.Redirect(returnUrl);
        return await TryAsync(context, form["token"].ToString(), returnUrl, isLink: false);
    }

    /// <summary>GET: on to the provider, which sends people back here.</summary>
    public async Task StartAsync(HttpContext context)
    {
        var returnUrl = LocalAddress.Of(context.Request.Query["returnUrl"]);
        try
        {
            await context.ChallengeAsync(AccessSchemes.Provider, new AuthenticationProperties { RedirectUri = returnUrl });
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            LogProvider(logger, e);
            context.Response.Redirect(AccessPaths.LoginFor(returnUrl, "failed"));
        }
    }

    /// <summary>POST: ends the sign-in, with every page that is open under it.</summary>
    public async Task<IResult> LeaveAsync(HttpContext context)
    {
        if (SignIn.Of(context.User) is not { } signIn || !await antiforgery.IsRequestValidAsync(context))
            return Results.Redirect("/");
        await context.SignOutAsync(AccessSchemes.Person);
        // After the answer: a page that left before it would never see its cookie taken away.
        context.Response.OnCompleted(() =>
        {
            signIns.Tell();
            return Task.CompletedTask;
        });
        try
        {
            await signIns.EndAsync(signIn, CancellationToken.None);
        }
        catch (Exception e) when (e is DatabaseBusyException or Microsoft.Data.Sqlite.SqliteException)
        {
            LogNotKept(logger, e);
        }

        return Results.Redirect(AccessPaths.LoginFor("/", "out"));
    }

    /// <summary>How long the browser keeps the cookie.</summary>
    internal static AuthenticationProperties Properties(SignIn signIn) => new() { IsPersistent = true, AllowRefresh = false, ExpiresUtc = signIn.ExpiresAt };

    private async Task<IResult> TryAsync(HttpContext context, string text, string returnUrl, bool isLink)
    {
        var address = context.Connection.RemoteIpAddress;
        // A wrong token leaves the address bar as well.
        if (limit.WaitFor(address) is not null)
            return Page(context, returnUrl, null, StatusCodes.Status429TooManyRequests, isLink ? AccessPaths.LoginFor(returnUrl) : null);
        if (!token.Is(text))
        {
            limit.CountWrong(address);
            LogWrong(logger, address);
            return Page(context, returnUrl, "token", StatusCodes.Status401Unauthorized, isLink ? AccessPaths.LoginFor(returnUrl, "token") : null);
        }

        var signIn = signIns.Begin();
        await context.SignInAsync(AccessSchemes.Person, signIn.ToPrincipal(), Properties(signIn));
        return Results.Redirect(returnUrl);
    }

    private RazorComponentResult<LoginPage> Page(HttpContext context, string returnUrl, string? reason, int status, string? next = null)
    {
        var wait = options.Mode == AuthMode.Token ? limit.WaitFor(context.Connection.RemoteIpAddress) : null;
        if (wait is { } left && (status == StatusCodes.Status429TooManyRequests || status == StatusCodes.Status200OK))
        {
            status = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            wait = null;
        }

        var model = new LoginModel(options.Mode, returnUrl, reason)
        {
            Wait = wait,
            FormToken = options.Mode == AuthMode.Token ? antiforgery.GetAndStoreTokens(context).RequestToken : null,
            Provider = options.OpenIdConnect?.Authority.Host,
            Next = next,
        };
        UseAssetsOfThePages(context);
        return new RazorComponentResult<LoginPage>(new { Model = model }) { StatusCode = status, PreventStreamingRendering = true };
    }

    // Under the names with fingerprints that the pages use, so that nothing is fetched twice.
    private void UseAssetsOfThePages(HttpContext context)
    {
        if (endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<ResourceAssetCollection>()).FirstOrDefault(a => a is not null) is { } assets)
            context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection([.. context.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty, assets]), "Sign-in page"));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong sign-in token came from {Address}.")]
    private static partial void LogWrong(ILogger logger, System.Net.IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The OpenID Connect provider could not be asked.")]
    private static partial void LogProvider(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in was ended, but that could not be written down: until it expires, a restart forgets it.")]
    private static partial void LogNotKept(ILogger logger, Exception exception);
}

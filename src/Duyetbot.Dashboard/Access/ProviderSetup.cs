using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Duyetbot.Dashboard.Access;

/// <summary>Signing in with an OpenID Connect provider: the code flow with PKCE; afterwards the dashboard's own cookie counts, no token of the provider is kept.</summary>
internal static partial class ProviderSetup
{
    private static readonly string[] Scopes = ["openid", "profile", "email"];

    public static void AddProvider(this AuthenticationBuilder builder, OpenIdConnectSettings settings) => builder.AddOpenIdConnect(AccessSchemes.Provider, o =>
    {
        o.Authority = settings.Authority.ToString();
        o.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        o.ClientId = settings.ClientId;
        o.ClientSecret = settings.ClientSecret;
        o.CallbackPath = AccessPaths.ProviderCallback;
        o.ResponseType = "code";
        // By address, not by a form that another site posts: that would need cookies which every site sends.
        o.ResponseMode = "query";
        o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
        o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.SignedOutCallbackPath = o.RemoteSignOutPath = default;
        o.SignInScheme = AccessSchemes.Person;
        o.SaveTokens = false;
        o.MapInboundClaims = false;
        o.GetClaimsFromUserInfoEndpoint = true;
        o.Scope.Clear();
        foreach (var scope in Scopes)
            o.Scope.Add(scope);
        if (settings.RequiredClaimType is { } claim)
            o.ClaimActions.MapJsonKey(claim, claim);
        o.TokenValidationParameters.NameClaimType = "name";
        o.Events = new OpenIdConnectEvents
        {
            OnTicketReceived = context =>
            {
                LetIn(context, settings);
                return Task.CompletedTask;
            },
            OnAccessDenied = context => LeadBack(context, context.Response, context.ReturnUrl, "denied"),
            OnRemoteFailure = context =>
            {
                LogFailure(context.HttpContext.RequestServices.GetRequiredService<ILogger<LoginEndpoints>>(), context.Failure);
                return LeadBack(context, context.Response, context.Properties?.RedirectUri, "failed");
            },
        };
    });

    private static void LetIn(TicketReceivedContext context, OpenIdConnectSettings settings)
    {
        var person = context.Principal!;
        if (settings.RequiredClaimType is { } type && !person.HasClaim(c => c.Type == type && (settings.RequiredClaimValue is null || c.Value == settings.RequiredClaimValue)))
        {
            LeadBack(context, context.Response, context.ReturnUri, "denied");
            return;
        }

        var name = person.Identity?.Name ?? person.FindFirst("preferred_username")?.Value ?? person.FindFirst("email")?.Value ?? person.FindFirst("sub")?.Value;
        var signIn = context.HttpContext.RequestServices.GetRequiredService<SignIns>().Begin(name);
        context.Principal = signIn.ToPrincipal();
        context.Properties = LoginEndpoints.Properties(signIn);
    }

    private static Task LeadBack(HandleRequestContext<RemoteAuthenticationOptions> context, HttpResponse response, string? returnUrl, string reason)
    {
        context.HandleResponse();
        response.Redirect(AccessPaths.LoginFor(LocalAddress.Of(returnUrl), reason));
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in with the OpenID Connect provider failed.")]
    private static partial void LogFailure(ILogger logger, Exception? exception);
}

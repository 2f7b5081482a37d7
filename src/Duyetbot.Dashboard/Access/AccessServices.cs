using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;

namespace Duyetbot.Dashboard.Access;

/// <summary>Nothing is open that does not say so: registers the door, puts it in front of every endpoint, and maps it.</summary>
public static class AccessServices
{
    /// <summary>The category whose lines hold whole addresses, a sign-in link's token among them.</summary>
    internal const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <summary>Registers sign-in, keys and the rule that every endpoint asks for them.</summary>
    public static void AddAccess(this WebApplicationBuilder builder, AccessOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<SignInToken>();
        services.AddSingleton<EndedSignInStore>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<AttemptLimit>();
        services.AddSingleton<LoginEndpoints>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ApiKeys>();
        services.AddHostedService(s => ActivatorUtilities.CreateInstance<AccessUpkeep>(s));

        var schemes = services.AddAuthentication(o =>
        {
            o.DefaultScheme = AccessSchemes.Any;
            o.DefaultSignInScheme = AccessSchemes.Person;
        })
            .AddPolicyScheme(AccessSchemes.Any, null, o => o.ForwardDefaultSelector = c => AccessSchemes.Of(c, options.Mode))
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(AccessSchemes.Key, null)
            .AddScheme<AuthenticationSchemeOptions, UnsecuredHandler>(AccessSchemes.Unsecured, null)
            .AddCookie(AccessSchemes.Person, o =>
            {
                o.Cookie.Name = "duyetbot";
                o.Cookie.Path = "/";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Strict;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.CookieManager = new SignInCookies();
                o.ExpireTimeSpan = options.Lifetime;
                o.SlidingExpiration = false;
                o.Events.OnValidatePrincipal = context =>
                {
                    if (SignIn.Of(context.Principal) is not { } signIn || !context.HttpContext.RequestServices.GetRequiredService<SignIns>().Holds(signIn))
                        context.RejectPrincipal();
                    return Task.CompletedTask;
                };
            });
        if (options.OpenIdConnect is { } provider)
            schemes.AddProvider(provider);

        services.AddAuthorization(o => o.DefaultPolicy = o.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new AccessRequirement()).Build());
        services.AddSingleton<IAuthorizationHandler, AccessRequirementHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Denial>();
        services.Configure<AntiforgeryOptions>(o =>
        {
            o.Cookie.Name = "duyetbot-form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Ours is stricter.
            o.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<HostFilteringOptions>(o => o.AllowedHosts = [.. options.Listening.AllowedHosts]);
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var proxy in options.Proxies)
                o.KnownIPNetworks.Add(proxy);
            o.ForwardLimit = null;
        });
        builder.Logging.AddFilter(RequestLog, LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(RequestLog, LogLevel.Warning);
    }

    /// <summary>Believes the proxies that the configuration names; the first of all parts of the pipeline.</summary>
    public static void UseProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<AccessOptions>().Proxies.Count > 0)
            app.UseForwardedHeaders();
    }

    /// <summary>Puts the door in front of every endpoint; after routing.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<OriginGuard>();
        app.UseAuthorization();
        app.UseMiddleware<CircuitConnections>();
    }

    /// <summary>Maps the sign-in page and the way out.</summary>
    public static void MapAccess(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<LoginEndpoints>();
        // As delegates: taken for a request's own, what they return would be dropped.
        app.MapGet(AccessPaths.Login, (Delegate)door.ShowAsync).AllowAnonymous();
        app.MapPost(AccessPaths.Login, (Delegate)door.SubmitAsync).AllowAnonymous();
        app.MapPost(AccessPaths.Logout, (Delegate)door.LeaveAsync);
        if (app.Services.GetRequiredService<AccessOptions>().Mode == AuthMode.OpenIdConnect)
            app.MapGet(AccessPaths.LoginStart, door.StartAsync).AllowAnonymous();
    }
}

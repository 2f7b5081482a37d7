using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>A real OpenID Connect provider on loopback, with one client and one person who is always signed in there.</summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    public const string Client = "dashboard";
    public const string Secret = "dashboard-secret";

    // Made once: the library's own keys are of 4,096 bits and take seconds to find.
    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "small" };

    private readonly WebApplication _app;

    private SmallProvider(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts it.</summary>
    /// <param name="groups">The person's groups, as the claim "groups".</param>
    /// <param name="denies">True where the person does not agree.</param>
    public static async Task<SmallProvider> StartAsync(string[] groups, bool denies = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(o =>
        {
            o.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
            o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            o.RegisterScopes(Scopes.Profile, Scopes.Email);
            o.AddEncryptionKey(Key).AddSigningKey(Key);
            o.UseAspNetCore().DisableTransportSecurityRequirement();
            // Without a store: the one client is checked here.
            o.EnableDegradedMode();
            o.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (c.ClientId != Client || new Uri(c.RedirectUri!).AbsolutePath != "/login/callback")
                    c.Reject(Errors.InvalidClient, "Not known here.");
                return ValueTask.CompletedTask;
            }));
            o.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (c.ClientId != Client || c.ClientSecret != Secret)
                    c.Reject(Errors.InvalidClient, "Not known here.");
                return ValueTask.CompletedTask;
            }));
            o.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(h => h.UseInlineHandler(c =>
            {
                if (denies)
                {
                    c.Reject(Errors.AccessDenied, "The person does not agree.");
                    return ValueTask.CompletedTask;
                }

                var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
                identity.SetClaim(Claims.Subject, "42").SetClaim(Claims.Name, "Nguyễn An").SetClaims("groups", [.. groups]);
                identity.SetScopes(c.Request.GetScopes());
                identity.SetDestinations(static _ => [Destinations.IdentityToken]);
                c.SignIn(new ClaimsPrincipal(identity));
                return ValueTask.CompletedTask;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync();
        return new SmallProvider(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

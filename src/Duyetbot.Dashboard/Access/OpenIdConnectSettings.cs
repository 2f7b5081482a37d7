using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Access;

/// <summary>The settings under <c>Dashboard:Auth:OpenIdConnect</c>.</summary>
public sealed record OpenIdConnectSettings
{
    /// <summary>The provider's address, below which its discovery document lies.</summary>
    public required Uri Authority { get; init; }

    /// <summary>The name under which the provider knows this dashboard.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret that goes with it; null for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A claim that people must have to be let in; null where everybody whom the provider signs in is.</summary>
    public string? RequiredClaimType { get; init; }

    /// <summary>The value that the claim must have; null for any.</summary>
    public string? RequiredClaimValue { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static OpenIdConnectSettings Read(IConfiguration configuration)
    {
        var authority = configuration["Dashboard:Auth:OpenIdConnect:Authority"];
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            throw new StartupException($"Dashboard:Auth:OpenIdConnect:Authority is \"{authority}\"; it is the provider's https address, like \"https://login.example.com\".");
        var claim = Text(configuration, "Dashboard:Auth:OpenIdConnect:RequiredClaimType");
        var value = Text(configuration, "Dashboard:Auth:OpenIdConnect:RequiredClaimValue");
        if (claim is null && value is not null)
            throw new StartupException("Dashboard:Auth:OpenIdConnect:RequiredClaimValue is set, but Dashboard:Auth:OpenIdConnect:RequiredClaimType does not say of which claim.");
        return new OpenIdConnectSettings
        {
            Authority = uri,
            ClientId = Text(configuration, "Dashboard:Auth:OpenIdConnect:ClientId") ?? throw new StartupException("Dashboard:Auth:OpenIdConnect:ClientId is not set; it is the name under which the provider knows this dashboard."),
            ClientSecret = Text(configuration, "Dashboard:Auth:OpenIdConnect:ClientSecret"),
            RequiredClaimType = claim,
            RequiredClaimValue = value,
        };
    }

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } text ? text : null;
}

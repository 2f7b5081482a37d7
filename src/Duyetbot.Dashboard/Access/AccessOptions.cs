using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Access;

/// <summary>How people sign in.</summary>
public enum AuthMode
{
    /// <summary>A link with a token, printed at start.</summary>
    Token,

    /// <summary>An OpenID Connect provider.</summary>
    OpenIdConnect,

    /// <summary>Everybody who reaches the address is in.</summary>
    Unsecured,
}

/// <summary>The settings under <c>Dashboard:Auth</c>, <c>Dashboard:Api</c> and <c>Dashboard:Proxies</c>, checked at start.</summary>
public sealed record AccessOptions
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(30);

    /// <summary>How people sign in.</summary>
    public required AuthMode Mode { get; init; }

    /// <summary>The provider; null in other modes than OpenIdConnect.</summary>
    public OpenIdConnectSettings? OpenIdConnect { get; init; }

    /// <summary>How long a sign-in holds; it is not prolonged.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Where it listens and under which names it answers.</summary>
    public required Listening Listening { get; init; }

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; none by default.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>API keys of the configuration.</summary>
    public IReadOnlyList<ApiKey> Keys { get; init; } = [];

    /// <summary>What is allowed but worth a second thought; printed at start.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads and checks the settings.</summary>
    /// <param name="configuration">The product's configuration.</param>
    /// <param name="urls">The addresses to listen on, separated by semicolons.</param>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static AccessOptions Read(IConfiguration configuration, string urls)
    {
        var mode = ReadMode(configuration);
        var listening = Listening.Read(configuration, urls);
        var allowRemote = ReadFlag(configuration, "Dashboard:Auth:AllowUnsecuredRemote");
        if (mode == AuthMode.Unsecured && listening.FirstRemote is { } remote && !allowRemote)
            throw new StartupException($"Dashboard:Auth:Mode is Unsecured and Urls names {remote}: without sign-in the dashboard listens on localhost, 127.0.0.1 or [::1] only, unless Dashboard:Auth:AllowUnsecuredRemote is true.");
        var provider = mode == AuthMode.OpenIdConnect ? OpenIdConnectSettings.Read(configuration) : null;
        SignInToken.Check(configuration);
        return new AccessOptions
        {
            Mode = mode,
            OpenIdConnect = provider,
            Lifetime = ReadLifetime(configuration),
            Listening = listening,
            Proxies = ReadProxies(configuration),
            Keys = ApiKey.Read(configuration),
            Warnings = [.. Warn(mode, listening, provider)],
        };
    }

    /// <summary>What a sign-in has to carry to hold still: it changes with the mode, the token and the provider.</summary>
    /// <param name="secret">The token in force, in Token mode.</param>
    internal string Stamp(string? secret) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Mode}\n{secret}\n{OpenIdConnect?.Authority}\n{OpenIdConnect?.ClientId}\n{OpenIdConnect?.RequiredClaimType}\n{OpenIdConnect?.RequiredClaimValue}")))[..32];

    /// <summary>A setting that is true or false; false where it is not given.</summary>
    private static bool ReadFlag(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new StartupException($"{key} is \"{text}\"; it is true or false."),
    };

    private static AuthMode ReadMode(IConfiguration configuration)
    {
        var text = configuration["Dashboard:Auth:Mode"] ?? nameof(AuthMode.Token);
        return Enum.GetValues<AuthMode>().Cast<AuthMode?>().FirstOrDefault(m => string.Equals(m.ToString(), text, StringComparison.OrdinalIgnoreCase))
            ?? throw new StartupException($"Dashboard:Auth:Mode is \"{text}\"; it is one of Token, OpenIdConnect, Unsecured.");
    }

    private static TimeSpan ReadLifetime(IConfiguration configuration)
    {
        if (configuration["Dashboard:Auth:Lifetime"] is not { Length: > 0 } text)
            return DefaultLifetime;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var lifetime) && lifetime > TimeSpan.Zero && lifetime <= LongestLifetime
            ? lifetime
            : throw new StartupException($"Dashboard:Auth:Lifetime is \"{text}\"; it reads like \"7.00:00:00\" (days, hours, minutes, seconds), 30 days at most.");
    }

    private static List<IPNetwork> ReadProxies(IConfiguration configuration)
    {
        var section = configuration.GetSection("Dashboard:Proxies");
        var texts = (section.Value?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            .Concat(section.GetChildren().Select(c => c.Value ?? ""));
        return [.. texts.Select(text => IPNetwork.TryParse(text, out var network) ? network
            : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new StartupException($"Dashboard:Proxies names \"{text}\", which is no IP address and no network; it reads like \"10.0.0.2\" or \"10.0.0.0/8\"."))];
    }

    private static IEnumerable<string> Warn(AuthMode mode, Listening listening, OpenIdConnectSettings? provider)
    {
        if (mode == AuthMode.Unsecured)
            yield return listening.FirstRemote is null
                ? "Dashboard:Auth:Mode is Unsecured: everybody on this machine can read and change everything."
                : "Dashboard:Auth:Mode is Unsecured and Dashboard:Auth:AllowUnsecuredRemote is true: everybody who reaches this address can read and change everything.";
        if (provider is { RequiredClaimType: null })
            yield return "Dashboard:Auth:OpenIdConnect:RequiredClaimType is not set: everybody whom the provider signs in is let in.";
        if (mode != AuthMode.Unsecured && listening.FirstRemotePlain is { } plain)
            yield return $"Urls names {plain}: sign-ins travel unencrypted unless a proxy in front speaks HTTPS.";
    }
}

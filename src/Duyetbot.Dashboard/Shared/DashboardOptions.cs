using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The settings under <c>Dashboard</c>, checked at start.</summary>
public sealed record DashboardOptions
{
    /// <summary>The zone of days where the URL names none; IANA.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>How people sign in. Until sign-in exists only loopback is served, whatever the mode.</summary>
    public required AuthMode AuthMode { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var zone = configuration["Dashboard:TimeZone"] ?? "UTC";
        var mode = configuration["Dashboard:Auth:Mode"] ?? nameof(AuthMode.Token);
        return new DashboardOptions
        {
            TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
                ?? throw new StartupException($"Dashboard:TimeZone is \"{zone}\", which is no IANA time zone; it reads like \"UTC\" or \"Asia/Ho_Chi_Minh\"."),
            AuthMode = Enum.TryParse<AuthMode>(mode, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
                ? parsed
                : throw new StartupException($"Dashboard:Auth:Mode is \"{mode}\"; it is one of Token, OpenIdConnect, Unsecured."),
        };
    }
}

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

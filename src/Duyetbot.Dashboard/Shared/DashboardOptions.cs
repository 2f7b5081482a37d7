using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The settings under <c>Dashboard</c>, checked at start.</summary>
public sealed record DashboardOptions
{
    /// <summary>The zone of days where the URL names none; IANA.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var zone = configuration["Dashboard:TimeZone"] ?? "UTC";
        return new DashboardOptions
        {
            TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
                ?? throw new StartupException($"Dashboard:TimeZone is \"{zone}\", which is no IANA time zone; it reads like \"UTC\" or \"Asia/Ho_Chi_Minh\"."),
        };
    }
}

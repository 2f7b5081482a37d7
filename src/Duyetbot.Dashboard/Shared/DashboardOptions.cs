using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The settings under <c>Dashboard</c>, checked at start.</summary>
public sealed record DashboardOptions
{
    /// <summary>The zone of days where the URL names none; IANA.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>The size from which the database is called large, in millions of bytes; null for never. Nothing is deleted.</summary>
    public long? MaxDatabaseMegabytes { get; init; }

    /// <summary>True where a database of that many bytes is larger than it should be.</summary>
    public bool IsLarge(long bytes) => MaxDatabaseMegabytes is { } megabytes && bytes > megabytes * 1_000_000;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var zone = configuration["Dashboard:TimeZone"] ?? "UTC";
        return new DashboardOptions
        {
            TimeZone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
                ?? throw new StartupException($"Dashboard:TimeZone is \"{zone}\", which is no IANA time zone; it reads like \"UTC\" or \"Asia/Ho_Chi_Minh\"."),
            MaxDatabaseMegabytes = Megabytes(configuration["Dashboard:Retention:MaxDatabaseMegabytes"]),
        };
    }

    private static long? Megabytes(string? value) => value switch
    {
        null or "" => null,
        _ when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes is > 0 and < 1_000_000_000 => megabytes,
        _ => throw new StartupException($"Dashboard:Retention:MaxDatabaseMegabytes is \"{value}\"; it reads like 2000, a number of megabytes."),
    };
}

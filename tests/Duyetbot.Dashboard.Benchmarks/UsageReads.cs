using System.Diagnostics;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>Usage per day as it is read, without the page around it.</summary>
internal static class UsageReads
{
    private const int WarmUp = 40;
    private const int Runs = 31;
    private static readonly MessageFilter Open = new();

    /// <summary>Measures 30 and 365 days by every dimension, with the weekly pattern; a filter; a zone whose days are not kept; events.</summary>
    public static void Measure(BenchDatabase database, ResultTable table)
    {
        var names = new FigureNames();
        var reader = new FigureReader(names, new FigureZones(DateTimeZone.Utc));
        using var connection = SqliteConnections.OpenRead(database.File);
        foreach (var days in new[] { 30, 365 })
        {
            foreach (var dimension in Enum.GetValues<FigureDimension>())
                Add($"usage, {days} days by {dimension.ToString().ToLowerInvariant()}", days, DateTimeZone.Utc, (fold, heat) => reader.Fill(connection, dimension, Open, fold, heat), 10);
            Add($"usage, {days} days by model of one platform", days, DateTimeZone.Utc, (fold, heat) => reader.Fill(connection, FigureDimension.Model, Open with { Platform = "github" }, fold, heat));
            Add($"usage, {days} days by model, another zone", days, DateTimeZoneProviders.Tzdb["Asia/Kathmandu"], (fold, heat) => reader.Fill(connection, FigureDimension.Model, Open, fold, heat));
            Add($"events and p95 per day, {days} days", days, DateTimeZone.Utc, (fold, _) =>
            {
                var sums = new EventSums(fold.Periods);
                reader.Fill(connection, sums);
                GC.KeepAlive((sums.Slow, sums.PercentileMs(0.95)));
            });
        }

        void Add(string what, int days, DateTimeZone zone, Action<FigureFold, HourHeat> read, double? goal = null)
        {
            var to = BenchDatabase.Now.ToUnixTimeMilliseconds();
            var samples = new List<double>();
            for (var i = 0; i < WarmUp + Runs; i++)
            {
                var fold = new FigureFold(Periods.Of(to - (days * 86_400_000L), to, Granularity.Day, zone));
                var watch = Stopwatch.StartNew();
                using (var transaction = connection.BeginTransaction(deferred: true))
                    read(fold, new HourHeat(zone));
                samples.Add(watch.Elapsed.TotalMilliseconds);
            }

            table.Add(what, samples[WarmUp..], goal, days == 365 ? "usage" : null);
        }
    }
}

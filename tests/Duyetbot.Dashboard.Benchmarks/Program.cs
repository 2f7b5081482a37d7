using System.Globalization;
using Duyetbot.Dashboard.Benchmarks;

var messages = 1_000_000;
for (var i = 0; i + 1 < args.Length; i++)
{
    if (args[i] == "--messages")
        messages = int.Parse(args[i + 1].Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}

if (args.Contains("--help"))
{
    Console.WriteLine("Measures the dashboard on a made-up database of its own: --messages N (default 1000000). The database is kept and used again. --large-traces measures only traces of 10,000 steps, in a database of their own. --usage measures only usage queries, --ingest only ingest and import.");
    return 0;
}

var table = new ResultTable();
if (args.Contains("--large-traces"))
{
    await LargeTrace.MeasureAsync(table);
    table.Print(Console.Out);
    return 0;
}

using var database = await BenchDatabase.OpenAsync(messages);
if (args.Contains("--ingest"))
{
    await IngestRate.MeasureAsync(database, table);
    table.Print(Console.Out);
    return 0;
}

NaiveViews.Measure(database, table);
UsageReads.Measure(database, table);
if (args.Contains("--usage"))
{
    table.Print(Console.Out);
    return 0;
}

await ServedPages.MeasureAsync(database, table);
await LargeTrace.MeasureAsync(table);
await IngestRate.MeasureAsync(database, table);
await PublishedProcess.MeasureAsync(database, table);
table.Print(Console.Out);
return 0;

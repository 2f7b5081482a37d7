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
    Console.WriteLine("Measures the dashboard on a made-up database of its own: --messages N (default 1000000), --reads-only for queries without pages. The database is kept and used again.");
    return 0;
}

using var database = await BenchDatabase.OpenAsync(messages);
var table = new ResultTable();
NaiveViews.Measure(database, table);
UsageReads.Measure(database, table);
if (args.Contains("--reads-only"))
{
    table.Print(Console.Out);
    return 0;
}

await ServedPages.MeasureAsync(database, table);
await LargeTrace.MeasureAsync(table);
await PublishedProcess.MeasureAsync(database, table);
table.Print(Console.Out);
return 0;

using System.CommandLine;
using System.Diagnostics;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>demo</c>: fills an empty database with made-up data.</summary>
public static class DemoCommand
{
    private static readonly Option<int> Messages = new("--messages") { Description = "Number of messages.", HelpName = "N", DefaultValueFactory = _ => DemoOptions.DefaultMessages };
    private static readonly Option<long> Seed = new("--seed") { Description = "The same seed gives the same data, moved to the present.", HelpName = "S", DefaultValueFactory = _ => 20_251_123 };
    private static readonly Option<int> Days = new("--days") { Description = "Length of the period in days, ending now.", HelpName = "D", DefaultValueFactory = _ => 30 };
    private static readonly Option<bool> Force = new("--force") { Description = "Adds the data to a database that is not empty." };

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        Messages.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 1 or > 50_000_000) r.AddError("--messages is a number from 1 to 50,000,000."); });
        Days.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 1 or > 3_650) r.AddError("--days is a number from 1 to 3,650."); });
        var command = new Command("demo", "Fills an empty database with realistic made-up data.") { Messages, Seed, Days, Force };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken) => CommandHost.RunAsync(result, async (services, output) =>
    {
        var database = services.GetRequiredService<Database>();
        var empty = await DemoData.IsEmptyAsync(database, cancellationToken);
        if (!empty && !result.GetValue(Force))
        {
            throw new CommandFailedException($"{database.File.FullPath} is not empty: demo data would mix with what is there. Name another file with --database, or add --force.");
        }

        var options = new DemoOptions
        {
            Messages = result.GetValue(Messages),
            Days = result.GetValue(Days),
            // Added to an earlier demo, the same seed would make the same people say the same again.
            Seed = empty ? result.GetValue(Seed) : unchecked(result.GetValue(Seed) + services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds()),
            End = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        var started = Stopwatch.GetTimestamp();
        var written = await output.WithProgressAsync(
            "Messages", options.Messages, report => DemoData.WriteAsync(database, options, new Relay<DemoProgress>(p => report(p.Messages)), cancellationToken));
        await CommandHost.RefreshRollupsAsync(services, output, cancellationToken);
        output.Line($"Wrote {written.Messages:N0} messages and {written.Events:N0} events in {written.Conversations:N0} conversations to {database.File.FullPath} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s).");
        return 0;
    });
}

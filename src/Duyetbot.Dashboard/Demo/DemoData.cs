using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Demo;

/// <summary>Fills a migrated database with made-up data that looks like the real thing.</summary>
public static class DemoData
{
    private const int RowsPerTransaction = 50_000;

    /// <summary>True when there is neither a message nor an event.</summary>
    public static Task<bool> IsEmptyAsync(Database database, CancellationToken cancellationToken) =>
        database.ReadAsync(
            c => c.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM chat_messages) OR EXISTS (SELECT 1 FROM observability_events)") == 0, cancellationToken);

    /// <summary>Writes conversations, events, annotations and prices, some 50,000 rows a transaction; roll-ups are left to their refresher.</summary>
    /// <param name="database">A migrated database; rows that it holds stay as they are.</param>
    /// <param name="options">What the rows are a function of.</param>
    /// <param name="progress">Told after each transaction.</param>
    /// <param name="cancellationToken">Stops between transactions and within one; what was committed stays.</param>
    public static async Task<DemoResult> WriteAsync(Database database, DemoOptions options, IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        var result = new DemoResult();
        var taken = await database.ReadAsync(c => c.Query<string>("SELECT DISTINCT session_id FROM chat_messages").AsList(), cancellationToken);
        using var conversations = new DemoGenerator(options, taken).Conversations().GetEnumerator();
        await database.WriteAsync(
            c =>
            {
                DemoWriter.WritePrices(c, options);
                return 0;
            },
            cancellationToken);
        var more = true;
        while (more)
        {
            (result, more) = await database.WriteAsync(
                c =>
                {
                    var written = result;
                    var rows = 0;
                    using var writer = new DemoWriter(c);
                    // Pages of many indexes stay in memory until the commit.
                    c.Execute("PRAGMA cache_size=-131072");
                    try
                    {
                        while (rows < RowsPerTransaction)
                        {
                            if (!conversations.MoveNext())
                                return (written, false);
                            cancellationToken.ThrowIfCancellationRequested();
                            var conversation = conversations.Current;
                            writer.Write(conversation);
                            rows += conversation.Messages.Count + conversation.Events.Count;
                            written = new(written.Conversations + 1, written.Messages + conversation.Messages.Count, written.Events + conversation.Events.Count);
                        }

                        return (written, true);
                    }
                    finally
                    {
                        c.Execute("PRAGMA cache_size=-2000");
                    }
                },
                cancellationToken);
            progress?.Report(new(result.Messages, options.Messages));
        }

        return result;
    }
}

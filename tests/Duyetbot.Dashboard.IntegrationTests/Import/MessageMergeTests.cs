using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Import;

/// <summary>Messages that reach the table many at a time are those that would reach it one by one.</summary>
public sealed class MessageMergeTests
{
    private const string Columns = "session_id, sequence, role, content, timestamp, message_id, user_id, platform, input_tokens, model, visibility";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rows_TogetherAndOneByOne_EndTheSame(int seed)
    {
        using var together = new TestDatabase();
        using var single = new TestDatabase();

        var merged = Merge(together, seed, oneByOne: false);

        Assert.Equal(Merge(single, seed, oneByOne: true), merged);
        Assert.All(["rejected", "added", "updated", "skipped"], what => Assert.Contains(merged, line => line.StartsWith(what, StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)));
        Assert.Equal(Rows(single), Rows(together));
        Assert.Empty(await new SearchIndex(together.Database).CheckAsync(TestContext.Current.CancellationToken));
    }

    private static List<string> Rows(TestDatabase database) =>
        [.. database.Connection.Query($"SELECT {Columns} FROM chat_messages ORDER BY {Columns}").Select(r => string.Join("|", ((IDictionary<string, object?>)r).Values))];

    // Twice: the second time some rows are known, and some of those say more.
    private static List<string> Merge(TestDatabase database, int seed, bool oneByOne) =>
        [.. Merge(database, Make(seed, known: 0), oneByOne), .. Merge(database, Make(seed, known: 1), oneByOne)];

    private static List<string> Merge(TestDatabase database, List<InputRow> rows, bool oneByOne)
    {
        var said = new List<string>();
        using var connection = SqliteConnections.OpenWrite(database.File);
        using var transaction = connection.BeginTransaction();
        var report = new ImportReport { RowRejected = (row, reason) => said.Add($"rejected {row.Id:000}: {reason}") };
        using (var merge = new MessageMerge(connection, report))
        {
            foreach (var row in rows)
            {
                merge.Merge(row);
                if (oneByOne)
                    merge.Flush();
            }

            merge.Flush();
        }

        transaction.Commit();
        said.Sort(StringComparer.Ordinal);
        return [.. said, $"added {report.Added}", $"updated {report.Updated}", $"skipped {report.Skipped}"];
    }

    // Few places, texts and ids, so that many rows meet; some roles that the table does not take.
    private static List<InputRow> Make(int seed, long known)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 700).Select(i =>
            {
                var session = $"telegram:{random.Next(3)}:1";
                var sequence = (long)random.Next(120);
                return new InputRow(ImportTables.Messages)
                {
                    Id = i,
                    ["session_id"] = session,
                    ["sequence"] = sequence,
                    ["role"] = random.Next(40) == 0 ? "robot" : random.Next(2) == 0 ? "user" : "assistant",
                    ["content"] = $"text {random.Next(2)} of {sequence}",
                    ["timestamp"] = 1_795_435_200_000 + (sequence * 1000) - random.Next(3),
                    ["message_id"] = random.Next(4) switch { 0 => $"m{random.Next(100)}", 1 => $"{session}/{random.Next(120)}", _ => null },
                    ["input_tokens"] = random.Next(2) * known,
                    ["model"] = random.Next(2) == 0 ? "gpt-5" : null,
                };
            }),
        ];
    }
}

using System.Security.Cryptography;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Demo;

public sealed class DemoDataTests : IDisposable
{
    private static readonly DemoOptions Options = new() { Messages = 1_500, Days = 10, Seed = 7, End = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now) };
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task WriteAsync_SameOptions_GivesTheSameRows()
    {
        using var other = new TestDatabase();

        await WriteAsync(_database, Options);
        await WriteAsync(other, Options);

        Assert.Equal(Hash(_database), Hash(other));
    }

    [Fact]
    public async Task WriteAsync_AnotherSeed_GivesOtherRows()
    {
        using var other = new TestDatabase();

        await WriteAsync(_database, Options);
        await WriteAsync(other, Options with { Seed = 8 });

        Assert.NotEqual(Hash(_database), Hash(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(97)]
    [InlineData(1_500)]
    public async Task WriteAsync_AnyNumber_WritesExactlySoManyWithinThePeriod(int messages)
    {
        var options = Options with { Messages = messages };

        var result = await WriteAsync(_database, options);

        Assert.Equal(messages, result.Messages);
        Assert.Equal(messages, Count("SELECT COUNT(*) FROM chat_messages"));
        Assert.Equal(result.Events, Count("SELECT COUNT(*) FROM observability_events"));
        Assert.Equal(0, Count($"SELECT COUNT(*) FROM chat_messages WHERE timestamp > {TestDatabase.Now} OR timestamp < {TestDatabase.Now - (10 * 86_400_000L)}"));
        Assert.Equal(0, Count("SELECT COUNT(*) FROM chat_messages m JOIN chat_messages n ON n.session_id = m.session_id AND n.sequence > m.sequence AND n.timestamp < m.timestamp"));
    }

    [Fact]
    public async Task Views_OverDemoData_AddUpWithPlainSums()
    {
        await WriteAsync(_database, Options);
        const string good = "CASE WHEN typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 1000000000000 THEN {0} ELSE 0 END";

        Assert.Equal(
            Count($"SELECT SUM({string.Format(good, "input_tokens")} + {string.Format(good, "output_tokens")}) FROM chat_messages"),
            Count("SELECT SUM(total_tokens) FROM analytics_conversations_view"));
        Assert.Equal(
            Count("SELECT SUM(input_tokens + output_tokens) FROM observability_events"),
            Count("SELECT SUM(total_tokens) FROM analytics_model_daily_view"));
        // An event's totals are those of its steps, wherever its steps can be read.
        Assert.Equal(
            0, Count("SELECT COUNT(*) FROM analytics_events_view e WHERE e.step_count > 1 AND e.total_tokens <> (SELECT SUM(s.total_tokens) FROM analytics_agent_steps_view s WHERE s.event_id = e.event_id)"));
        Assert.True(Count("SELECT COUNT(*) FROM analytics_events_view WHERE step_count > 1") > 400);
        Assert.True(Count("SELECT COUNT(*) FROM analytics_agent_steps_view WHERE depth = 2") > 0);
        Assert.True(Count("SELECT COUNT(*) FROM observability_events WHERE agents IS NOT NULL AND NOT json_valid(agents)") > 0);
        Assert.Equal(0, Count("SELECT COUNT(*) FROM observability_events WHERE total_tokens <> input_tokens + output_tokens"));
    }

    [Fact]
    public async Task WriteAsync_OnRowsThatAreThere_LeavesThemAndAdds()
    {
        await WriteAsync(_database, Options);

        await WriteAsync(_database, Options with { Seed = 8 });

        Assert.Equal(3_000, Count("SELECT COUNT(*) FROM chat_messages"));
    }

    public void Dispose() => _database.Dispose();

    private static Task<DemoResult> WriteAsync(TestDatabase database, DemoOptions options) =>
        DemoData.WriteAsync(database.Database, options, null, TestContext.Current.CancellationToken);

    private static string Hash(TestDatabase database)
    {
        var rows = new StringBuilder();
        foreach (var table in (string[])["chat_messages", "observability_events", "conversation_annotations", "analytics_cost_config"])
        {
            foreach (IDictionary<string, object> row in database.Connection.Query($"SELECT * FROM {table} ORDER BY 1"))
                rows.AppendJoin('|', row.Values).Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(rows.ToString())));
    }

    private long Count(string sql) => _database.Connection.ExecuteScalar<long>(sql);
}

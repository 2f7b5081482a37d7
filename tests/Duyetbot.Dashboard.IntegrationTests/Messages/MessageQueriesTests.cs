using Dapper;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Messages;

public sealed class MessageQueriesTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Theory]
    [InlineData("", "1")]
    [InlineData("?role=user", "m.role = 'user'")]
    [InlineData("?platform=github", "m.platform = 'github'")]
    [InlineData("?username=Ann", "m.username = 'Ann'")]
    [InlineData("?model=m2", "m.model = 'm2'")]
    [InlineData("?has_error=true", "m.event_status = 'error'")]
    [InlineData("?has_error=false", "m.event_status IS NOT 'error'")]
    [InlineData("?conversation_id=cli%3A2", "m.session_id = 'cli:2'")]
    [InlineData("?event_id=event-1", "m.event_id = 'event-1'")]
    [InlineData("?none=model", "m.model IS NULL")]
    [InlineData("?any=source&role=assistant", "m.app_source IS NOT NULL AND m.role = 'assistant'")]
    [InlineData("?not=platform:github&not=user_id:1", "m.platform <> 'github' AND m.user_id IS NOT '1'")]
    [InlineData("?source=telegram-webhook", "m.app_source = 'telegram-webhook'")]
    [InlineData("?weekday=mon&hour=12", "m.timestamp BETWEEN 1795435200000 AND 1795435200000 + 3599999")]
    [InlineData("?q=100%25", "instr(m.content, '100%') > 0")]
    [InlineData("?from=1795435200005&to=1795435200020", "m.timestamp >= 1795435200005 AND m.timestamp < 1795435200020")]
    public async Task List_WalkedByCursor_IsWhatPlainSqlFindsNewestFirst(string query, string plain)
    {
        for (var i = 0; i < 30; i++)
        {
            var eventId = i % 5 == 0 ? _database.GivenEvent(status: i % 10 == 0 ? "error" : "success", username: "Ann", model: "m2") : null;
            _database.GivenMessage(i % 3 == 0 ? $"github:1:{i}" : $"cli:{i % 4}", i, i % 2 == 0 ? "user" : "assistant", i % 4 == 0 ? "100% here" : "100x", eventId, at: TestDatabase.Now + i / 2);
        }

        var filter = MessageFilter.Read(QueryReader.FromUri(query), DateTimeZone.Utc);
        var queries = new MessageQueries(_database.Database);
        var seen = new List<MessageHit>();
        string? cursor = null;
        do
        {
            var page = await queries.ListAsync(filter, MessageSort.Newest, 4, cursor, TestContext.Current.CancellationToken);
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        var expected = _database.Connection.Query<long>($"SELECT m.id FROM analytics_messages_view m WHERE {plain} ORDER BY m.timestamp DESC, m.id DESC").ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, seen.Select(m => m.Id));
        Assert.All(seen, m => Assert.Equal(filter.Q is not null, m.Snippet?.Contains("100%", StringComparison.Ordinal) ?? false));
    }

    public void Dispose() => _database.Dispose();
}

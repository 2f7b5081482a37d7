using Dapper;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Search;

public sealed class SearchIndexTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly SearchIndex _index;
    private readonly MessageQueries _queries;

    public SearchIndexTests() => (_index, _queries) = (new SearchIndex(_database.Database), new MessageQueries(_database.Database));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE FROM chat_messages WHERE session_id = 's'; INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('s', 1, 'user', 'needle', 1), ('s', 2, 'user', '针 needle', 2)", 2)]
    [InlineData("UPDATE chat_messages SET content = 'needle 针' WHERE sequence = 1", 1)]
    [InlineData("UPDATE chat_messages SET content = 'needle' WHERE sequence = 1; UPDATE chat_messages SET content = 'gone' WHERE sequence = 1", 0)]
    [InlineData("UPDATE chat_messages SET content = 'needle', timestamp = 5, id = 77 WHERE sequence = 1", 1)]
    [InlineData("UPDATE chat_messages SET content = 'needle', id = 5000000000 WHERE sequence = 1", 1)]
    [InlineData("UPDATE chat_messages SET id = 5000000000 WHERE sequence = 1; UPDATE chat_messages SET content = 'needle', id = 7 WHERE id > 7", 1)]
    [InlineData("INSERT INTO chat_messages(id, session_id, sequence, role, content, timestamp) VALUES (-4, 's', 9, 'user', 'needle', 1)", 1)]
    [InlineData("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('s', 9, 'user', 'needle', 'soon'), ('s', 10, 'user', 'needle', 9e99), ('s', 11, 'user', 'needle', -5), ('s', 12, 'user', 'needle', x'00')", 4)]
    [InlineData("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('s', 9, 'user', CAST('needle' AS BLOB), 1), ('s', 10, 'user', 5, 1)", 1)]
    [InlineData("INSERT INTO chat_messages(message_id, session_id, sequence, role, content, timestamp) VALUES ('m', 's', 9, 'user', 'first', 1) ON CONFLICT DO NOTHING; INSERT INTO chat_messages(message_id, session_id, sequence, role, content, timestamp) VALUES ('m', 's', 9, 'user', 'needle', 2) ON CONFLICT(message_id) DO UPDATE SET content = excluded.content, timestamp = excluded.timestamp", 1)]
    [InlineData("UPDATE chat_messages SET is_archived = 0, user_id = 'x'", 0)]
    [InlineData("DELETE FROM chat_messages", 0)]
    public async Task Index_AfterAnyWrite_IsRight(string writes, int hits)
    {
        for (var i = 1; i <= 3; i++)
            _database.GivenBotMessage("s", i, content: $"hello 世界 {i}");

        await _database.Connection.ExecuteAsync(writes);

        Assert.Empty(await _index.CheckAsync(Token));
        Assert.Equal(hits, (await FindAsync("needle")).Count);
    }

    [Fact]
    public async Task Insert_ByTheBot_StillTellsTheBotItsOwnRowId()
    {
        await _database.Connection.ExecuteAsync("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('s', 1, 'user', '世界 words', 1)");

        Assert.Equal(await _database.Connection.ExecuteScalarAsync<long>("SELECT MAX(id) FROM chat_messages"), await _database.Connection.ExecuteScalarAsync<long>("SELECT last_insert_rowid()"));
    }

    [Fact]
    public async Task Build_OfAnOldDatabase_FindsEverythingAtEveryStageAndIsRightInTheEnd()
    {
        for (var i = 0; i < 400; i++)
            _database.GivenBotMessage($"s:{i % 9}", i, content: i % 3 == 0 ? $"needle {i}" : $"世界 {i}", at: TestDatabase.Now - (i * 7919 % 400_000));
        await _index.ResetAsync(Token);
        Assert.False((await _index.GetProgressAsync(Token)).IsComplete);
        var stages = 0;
        var percent = -1;
        // Another one each time, as after a kill.
        for (; await BuildFewAsync(); stages++)
        {
            var progress = await _index.GetProgressAsync(Token);
            Assert.InRange(progress.Percent, percent, 99);
            percent = progress.Percent;
            _database.GivenBotMessage("s:new", stages, content: "needle and 世界");
            await _database.Connection.ExecuteAsync("UPDATE chat_messages SET content = content || ' changed' WHERE id IN (SELECT id FROM chat_messages ORDER BY id % 17, id LIMIT 5); DELETE FROM chat_messages WHERE id IN (SELECT id FROM chat_messages ORDER BY id % 13, id LIMIT 3)");
            Assert.Empty(await _index.CheckAsync(Token));
            foreach (var word in new[] { "needle", "世界", "changed", "界" })
                Assert.Equal(await _database.Connection.QueryAsync<long>("SELECT id FROM chat_messages WHERE instr(content, @word) > 0 ORDER BY timestamp DESC, id DESC", new { word }), await FindAsync(word));
        }

        Assert.True(stages >= 3);
        Assert.Equal(new SearchProgress(true, 100), await _index.GetProgressAsync(Token));
        Assert.Empty(await _index.CheckAsync(Token));
        Assert.Equal(0, await _database.Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM chat_messages m WHERE NOT EXISTS (SELECT 1 FROM searched_words_view v WHERE v.id = m.id)"));
    }

    [Theory]
    [InlineData("INSERT INTO search_words(search_words, rowid, content) SELECT 'delete', search_id, content FROM searched_words_view LIMIT 1")]
    [InlineData("INSERT INTO search_runs(rowid, content) VALUES (7, '世界世')")]
    public async Task Check_OfAnIndexThatDiffers_NamesItAndRebuildMendsIt(string damage)
    {
        for (var i = 1; i <= 3; i++)
            _database.GivenBotMessage("s", i, content: $"hello 世界 {i}");
        await _database.Connection.ExecuteAsync(damage);

        Assert.Single(await _index.CheckAsync(Token));
        await _index.RebuildAsync(null, Token);

        Assert.Empty(await _index.CheckAsync(Token));
        Assert.Equal(3, (await FindAsync("hello")).Count);
    }

    public void Dispose() => _database.Dispose();

    private async Task<List<long>> FindAsync(string search)
    {
        var page = await _queries.ListAsync(new MessageFilter { Q = search }, MessageSort.Newest, 500, null, Token);
        return [.. page.Items.Select(m => m.Id)];
    }

    // A new index begins with a batch of its first size; so few rows are built in several steps only if it is told so.
    private Task<bool> BuildFewAsync() => new SearchIndex(_database.Database, firstBatch: 60).BuildSomeAsync(Token);
}

using Dapper;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

/// <summary>What people say of conversations and messages: undone to the letter, and kept when the bot writes a session anew.</summary>
public sealed class AnnotationTests : IDisposable
{
    private const string Session = "telegram:1:2";

    private readonly TestDatabase _database = new();
    private readonly MovingClock _clock = new();
    private readonly ConversationStore _conversations;
    private readonly MessageStore _messages;
    private readonly AnnotationUndoStore _undo;

    public AnnotationTests()
    {
        _conversations = new ConversationStore(_database.Database, _clock);
        _messages = new MessageStore(_database.Database, _clock);
        _undo = new AnnotationUndoStore(_database.Database);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bulk_OverAFilterOfTwoThousand_IsUndoneToTheLetterForThoseRowsOnly()
    {
        for (var i = 0; i < 2_100; i++)
        {
            // Every hundredth is of another platform: not in the filter.
            var session = i % 100 == 7 ? $"cli:{i}:1" : $"telegram:{i}:1";
            for (var sequence = 1; sequence <= 2; sequence++)
                _database.GivenMessage(session, sequence, archived: false, visibility: (i + sequence) % 5 == 0 ? "public" : null);
            if (i % 3 == 0)
                _database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, is_starred, updated_at) VALUES (@session, 'kept', @star, 5)", new { session, star = i % 2 });
        }

        var before = Snapshot();
        var ids = await new ConversationQueries(_database.Database).ListIdsAsync(new ConversationFilter { Platform = "telegram" }, 100_000, Token);
        Assert.Equal(2_079, ids.Count);

        _clock.Step = TimeSpan.FromSeconds(1);
        var starred = await _conversations.ChangeAllAsync(ids, new ConversationPatch { IsStarred = true }, Token);
        var opened = await _conversations.ChangeAllAsync(ids, new ConversationPatch { Visibility = "unlisted", IsArchived = true }, Token);

        Assert.Equal((2_079, 2_079), (starred.Found, opened.Changed));
        Assert.InRange(starred.Changed, 1, 2_078);
        Assert.Equal(2 * 2_079, _database.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM chat_messages WHERE visibility = 'unlisted' AND is_archived = 1"));
        Assert.Equal(21, _database.Connection.ExecuteScalar<int>("SELECT COUNT(DISTINCT session_id) FROM chat_messages WHERE updated_at IS NULL"));
        // In another order than they were made.
        Assert.True(await _undo.UndoAsync(starred.Id, Token));
        Assert.True(await _undo.UndoAsync(opened.Id, Token));

        Assert.Equal(before, Snapshot());
        Assert.False(await _undo.UndoAsync(opened.Id, Token));
        Assert.Equal(0, _database.Connection.ExecuteScalar<int>("SELECT (SELECT COUNT(*) FROM annotation_changes) + (SELECT COUNT(*) FROM annotation_former_messages) + (SELECT COUNT(*) FROM annotation_former_conversations)"));
    }

    [Fact]
    public async Task Undo_LeavesWhatSomebodySetSince()
    {
        _database.GivenMessage(Session);
        _database.GivenMessage(Session, 2, "assistant");
        var first = await _conversations.ChangeAllAsync([Session], new ConversationPatch { Title = "First", Summary = "Note", IsStarred = true }, Token);
        var archived = await _conversations.ChangeAllAsync([Session], new ConversationPatch { IsArchived = true, Visibility = "public" }, Token);
        await _conversations.ChangeAllAsync([Session], new ConversationPatch { Title = "Second" }, Token);
        await _messages.ChangeAsync(Session + "/2", new MessagePatch { Visibility = "unlisted" }, Token);

        await _undo.UndoAsync(first.Id, Token);
        await _undo.UndoAsync(archived.Id, Token);

        Assert.Equal("Second||0", _database.Connection.ExecuteScalar<string>("SELECT title || '|' || COALESCE(summary, '') || '|' || is_starred FROM conversation_annotations"));
        Assert.Equal(["private|0", "unlisted|0"], _database.Connection.Query<string>("SELECT visibility || '|' || is_archived FROM chat_messages ORDER BY sequence"));
    }

    [Fact]
    public async Task Change_ThatChangesNothing_WritesNothing()
    {
        _database.GivenMessage(Session);

        var change = await _conversations.ChangeAllAsync([Session, "nobody"], new ConversationPatch { Visibility = "private", IsStarred = false }, Token);

        Assert.Equal((1, 0), (change.Found, change.Changed));
        Assert.Equal(0, _database.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM chat_messages WHERE updated_at IS NOT NULL"));
        Assert.Equal(0, (await _conversations.ChangeAllAsync(["nobody"], new ConversationPatch { IsStarred = true }, Token)).Found);
    }

    [Fact]
    public async Task Change_AfterAnHour_ForgetsOlderOnes()
    {
        _database.GivenMessage(Session);
        var old = await _messages.ChangeAsync(Session + "/1", new MessagePatch { IsPinned = true }, Token);
        _clock.Now += TimeSpan.FromMinutes(61);
        await _messages.ChangeAsync(Session + "/1", new MessagePatch { IsArchived = true }, Token);

        Assert.False(await _undo.UndoAsync(old.Id, Token));
        Assert.Equal(1, _database.Connection.ExecuteScalar<int>("SELECT is_pinned FROM chat_messages"));
    }

    [Fact]
    public async Task Rewrite_OfTheSession_KeepsMarksAndAnnotations()
    {
        Write("one", "two", "three");
        await _conversations.ChangeAllAsync([Session], new ConversationPatch { Title = "Named", IsStarred = true }, Token);
        await _messages.ChangeAsync(Session + "/2", new MessagePatch { IsPinned = true, Visibility = "public" }, Token);
        await _messages.ChangeAsync(Session + "/3", new MessagePatch { IsArchived = true }, Token);
        var before = Marks();

        for (var i = 0; i < 2; i++)
            Rewrite("one", "two", "three", "four");

        Assert.Equal([.. before, "4|four|private|0|0|"], Marks());
        Assert.Equal("Named|1", _database.Connection.ExecuteScalar<string>("SELECT title || '|' || is_starred FROM analytics_conversations_view"));
        Assert.Equal(0, _database.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM message_marks"));
    }

    [Fact]
    public async Task Rewrite_WithoutTheOldest_MarksFollowTheText()
    {
        Write("one", "two", "three");
        await _messages.ChangeAsync(Session + "/3", new MessagePatch { IsPinned = true, Visibility = "public" }, Token);

        Rewrite("two", "three", "four");

        Assert.Equal(["1|two|private|0|0|", $"2|three|public|0|1|{_clock.Ms}", "3|four|private|0|0|"], Marks());
    }

    [Fact]
    public async Task Rewrite_WithAnotherText_KeepsThePinAndPublishesNothing()
    {
        Write("draft");
        await _messages.ChangeAsync(Session + "/1", new MessagePatch { IsPinned = true, IsArchived = true, Visibility = "public" }, Token);

        Rewrite("a secret");

        Assert.Equal([$"1|a secret|private|1|1|{_clock.Ms}"], Marks());
    }

    [Fact]
    public async Task Undo_AfterARewrite_StillFindsItsMessages()
    {
        Write("one", "two");
        var change = await _conversations.ChangeAllAsync([Session], new ConversationPatch { IsArchived = true }, Token);
        Rewrite("one", "two", "three");

        await _undo.UndoAsync(change.Id, Token);

        Assert.Equal(["1|one|private|0|0|", "2|two|private|0|0|", "3|three|private|0|0|"], Marks());
    }

    public void Dispose() => _database.Dispose();

    private void Write(params string[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
            _database.GivenBotMessage(Session, i + 1, "user", texts[i]);
    }

    // As the bot does it.
    private void Rewrite(params string[] texts)
    {
        using var transaction = _database.Connection.BeginTransaction();
        _database.Connection.Execute("DELETE FROM chat_messages WHERE session_id = @Session", new { Session });
        Write(texts);
        transaction.Commit();
    }

    private List<string> Marks() =>
        _database.Connection.Query<string>("SELECT sequence || '|' || content || '|' || visibility || '|' || is_archived || '|' || is_pinned || '|' || COALESCE(updated_at, '') FROM chat_messages ORDER BY sequence").AsList();

    private List<string> Snapshot() =>
    [
        .. _database.Connection.Query<string>("SELECT message_id || '|' || visibility || '|' || is_archived || '|' || is_pinned || '|' || COALESCE(updated_at, '') FROM chat_messages ORDER BY id"),
        .. _database.Connection.Query<string>("SELECT conversation_id || '|' || COALESCE(title, '') || '|' || is_starred || '|' || updated_at FROM conversation_annotations ORDER BY conversation_id"),
    ];

    private sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now);

        public long Ms => Now.ToUnixTimeMilliseconds();

        /// <summary>How much later it is at each look.</summary>
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => Now += Step;
    }
}

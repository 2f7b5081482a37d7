using Dapper;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

/// <summary>A conversation read window by window, as a reader scrolls it.</summary>
public sealed class ConversationWindowsTests : IDisposable
{
    private const string Id = "telegram:1:1";
    private const int Total = 730;

    private readonly TestDatabase _database = new();
    private readonly ConversationMessageQueries _queries;
    private readonly List<string> _all;

    public ConversationWindowsTests()
    {
        _database.Connection.Execute("BEGIN IMMEDIATE");
        // Sequences that repeat: the stored row decides.
        for (var i = 0; i < Total; i++)
            _database.GivenMessage(Id, i / 3, i % 5 == 0 ? "tool" : i % 2 == 0 ? "user" : "assistant", $"Said {i}", at: TestDatabase.Now + (i * 1_000));
        _database.Connection.Execute("COMMIT TRANSACTION");
        _queries = new ConversationMessageQueries(_database.Database);
        _all = _database.Connection.Query<string>("SELECT message_id FROM chat_messages WHERE session_id = @Id ORDER BY sequence, id", new { Id }).AsList();
    }

    [Theory]
    [InlineData(600)]
    [InlineData(250)]
    public async Task Extended_ToTheEndAndBack_ShowsEveryMessageInItsPlace(int most)
    {
        var window = await FindAsync(null);
        while (window.LaterId is { } later)
        {
            window = window.FollowedBy(await FindAsync(later), most);
            AssertIsPart(window, most);
        }

        Assert.Equal(_all[^1], window.Messages[^1].MessageId);
        while (window.EarlierId is { } earlier)
        {
            window = window.PrecededBy(await FindAsync(earlier), most);
            AssertIsPart(window, most);
        }

        Assert.Equal(_all[0], window.Messages[0].MessageId);
    }

    [Fact]
    public async Task Find_AsManyAsAreShown_ReadsThemAgain()
    {
        var window = await _queries.FindWindowAsync(new WindowRequest(Id, _all[150], null, false, null, 320), TestContext.Current.CancellationToken);

        Assert.Equal(_all.Skip(150).Take(320), window!.Messages.Select(m => m.MessageId));
        Assert.Equal(_all[470], window.LaterId);
    }

    public void Dispose() => _database.Dispose();

    private void AssertIsPart(ConversationWindow window, int most)
    {
        Assert.True(window.Messages.Count <= most);
        Assert.Equal(_all.Skip((int)window.FirstPosition - 1).Take(window.Messages.Count), window.Messages.Select(m => m.MessageId));
        Assert.Equal(window.FirstPosition == 1, window.EarlierId is null);
        Assert.Equal(window.FirstPosition == 1 ? null : _all[(int)window.FirstPosition - 2], window.PreviousId);
        Assert.Equal(_all.ElementAtOrDefault((int)window.LastPosition), window.LaterId);
        Assert.Equal(window.LaterId is null, window.EndId is null);
    }

    private async Task<ConversationWindow> FindAsync(string? at) =>
        await _queries.FindWindowAsync(new WindowRequest(Id, at, null, false, null), TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No conversation.");
}

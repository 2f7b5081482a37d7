using Duyetbot.Dashboard.Features.Conversations;

namespace Duyetbot.Dashboard.Tests.Conversations;

/// <summary>Windows of a conversation of 1,000 messages, put together as a reader scrolls.</summary>
public sealed class ConversationWindowTests
{
    private const int Total = 1_000;

    [Fact]
    public void FollowedBy_TheNextWindow_IsOneWindow()
    {
        var both = Read(201).FollowedBy(Read(301), 600);

        Assert.Equal(Ids(201, 400), Shown(both));
        Assert.Equal((201, 400), (both.FirstPosition, both.LastPosition));
        Assert.Equal(("m101", "m401", "m200"), (both.EarlierId, both.LaterId, both.PreviousId));
    }

    [Fact]
    public void FollowedBy_MoreThanAreShown_LeavesTheFirstOnes()
    {
        var all = Read(201).FollowedBy(Read(301), 600).FollowedBy(Read(401), 250);

        Assert.Equal(Ids(251, 500), Shown(all));
        Assert.Equal((251, 500), (all.FirstPosition, all.LastPosition));
        Assert.Equal(("m201", "m501"), (all.EarlierId, all.LaterId));
        // The silence before the first message is still known.
        Assert.Equal(("m250", 250_000), (all.PreviousId, all.PreviousAt));
        Assert.False(all.Holds("m250"));
    }

    [Fact]
    public void FollowedBy_AWindowThatOverlaps_ShowsEachMessageOnceAndAsItWasReadLast()
    {
        var later = Read(250);
        later = later with { Messages = [.. later.Messages.Select(m => m with { IsPinned = true })] };

        var both = Read(201).FollowedBy(later, 600);

        Assert.Equal(Ids(201, 349), Shown(both));
        Assert.Equal(Ids(250, 349), both.Messages.Where(m => m.IsPinned).Select(m => m.MessageId));
    }

    [Fact]
    public void PrecededBy_TheWindowBefore_IsOneWindow()
    {
        var both = Read(101).PrecededBy(Read(1), 600);

        Assert.Equal(Ids(1, 200), Shown(both));
        Assert.Equal((1, 200), (both.FirstPosition, both.LastPosition));
        Assert.Equal((null, "m201", null), (both.EarlierId, both.LaterId, both.PreviousAt));
        Assert.True(both.Holds(null));
        Assert.Null(both.At);
    }

    [Fact]
    public void PrecededBy_MoreThanAreShown_LeavesTheLastOnes()
    {
        var all = Read(901).PrecededBy(Read(801), 600).PrecededBy(Read(701), 250);

        Assert.Equal(Ids(701, 950), Shown(all));
        Assert.Equal(("m601", "m951"), (all.EarlierId, all.LaterId));
        Assert.NotNull(all.EndId);
        Assert.True(all.Holds(all.At) && all.Holds("m950") && !all.Holds("m951"));
    }

    [Fact]
    public void TurnEnds_AnEventInTwoWindows_StandsUnderItsAnswerOnce()
    {
        var first = new ConversationWindow { FirstPosition = 1, Messages = [Said("a", "user", "e1"), Said("b", "tool", "e1"), Said("c", "user", "e2")] };
        var second = new ConversationWindow { FirstPosition = 4, Messages = [Said("d", "assistant", "e2"), Said("e", "tool", "e2"), Said("f", "user", null)] };

        Assert.Equal([1, 2], first.TurnEnds().Order());
        Assert.Equal([1, 3], first.FollowedBy(second, 600).TurnEnds().Order());
    }

    private static WindowMessage Said(string id, string role, string? eventId) => new() { MessageId = id, Role = role, EventId = eventId };

    private static IEnumerable<string> Ids(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => $"m{i}");

    private static IEnumerable<string> Shown(ConversationWindow window) => window.Messages.Select(m => m.MessageId);

    private static ConversationWindow Read(int first)
    {
        var last = Math.Min(Total, first + ConversationMessageQueries.WindowSize - 1);
        return new ConversationWindow
        {
            Messages = [.. Enumerable.Range(first, last - first + 1).Select(i => new WindowMessage { MessageId = $"m{i}", Timestamp = i * 1_000 })],
            FirstPosition = first,
            Total = Total,
            EarlierId = first == 1 ? null : $"m{Math.Max(1, first - ConversationMessageQueries.WindowSize)}",
            LaterId = last == Total ? null : $"m{last + 1}",
            EndId = last == Total ? null : $"m{Total - ConversationMessageQueries.WindowSize + 1}",
            PreviousId = first == 1 ? null : $"m{first - 1}",
            PreviousAt = first == 1 ? null : (first - 1) * 1_000,
        };
    }
}

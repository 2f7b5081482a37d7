using Duyetbot.Dashboard.Features.Conversations;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class ConversationSelectionTests
{
    private static readonly string[] Rows = ["a", "b", "c", "d", "e"];

    [Fact]
    public void Shift_FromTheLastRow_TurnsAllBetweenTheSameWay()
    {
        var selection = new ConversationSelection();

        selection.Toggle("d", Rows, extend: false);
        selection.Toggle("b", Rows, extend: true);
        Assert.Equal(["b", "c", "d"], selection.Ids.Order());
        selection.Toggle("c", Rows, extend: true);

        Assert.Equal(["d"], selection.Ids.Order());
    }

    [Fact]
    public void Shift_WithoutALastRow_TurnsOne()
    {
        var selection = new ConversationSelection();

        selection.Toggle("c", Rows, extend: true);

        Assert.Equal(["c"], selection.Ids);
    }

    [Fact]
    public void All_OneTakenOut_LeavesTheOthersShown()
    {
        var selection = new ConversationSelection();
        selection.ChooseAll(Rows);
        Assert.True(selection.IsAll && selection.Has("not loaded"));

        selection.Toggle("b", Rows, extend: false);

        Assert.False(selection.IsAll);
        Assert.Equal(["a", "c", "d", "e"], selection.Ids.Order());
    }

    [Fact]
    public void Shown_Twice_IsNone()
    {
        var selection = new ConversationSelection();
        selection.ToggleShown(Rows);
        Assert.Equal(5, selection.Ids.Count);

        selection.ToggleShown(Rows);

        Assert.True(selection.IsEmpty);
    }
}

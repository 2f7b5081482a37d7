using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;

namespace Duyetbot.Dashboard.Tests.Live;

/// <summary>Rows that came while a short list was being read.</summary>
public sealed class HeldRowsTests
{
    private readonly Loader<IReadOnlyList<string>> _shown = new("rows", () => 0, _ => Task.FromResult<IReadOnlyList<string>?>(null), () => Task.CompletedTask);
    private readonly HeldRows<string> _held;

    // A row is its id and its moment: "a1".
    public HeldRowsTests() => _held = new HeldRows<string>(_shown, row => new RowMark(row[..1], row[1] - '0'));

    [Fact]
    public void Offer_TheSameRowsInTheSameOrder_AreBroughtUpToDate()
    {
        _shown.Set(["a1", "b1"]);

        _held.Offer(["a2", "b1"]);

        Assert.Equal(["a2", "b1"], _shown.Value!);
        Assert.Equal(0, _held.Count);
    }

    [Theory]
    [InlineData("c1 a1", 1)]
    [InlineData("b2 a1", 1)]
    [InlineData("d1 c1 a1", 2)]
    [InlineData("a1", 1)]
    public void Offer_OtherRows_WaitUntilTheyAreAskedFor(string next, int count)
    {
        _shown.Set(["a1", "b1"]);

        _held.Offer(next.Split(' '));

        Assert.Equal(["a1", "b1"], _shown.Value!);
        Assert.Equal(count, _held.Count);
        _held.Show();
        Assert.Equal(next.Split(' '), _shown.Value!);
        Assert.Equal(0, _held.Count);
    }

    [Fact]
    public void Offer_WhereNothingIsShown_IsShownAtOnce()
    {
        _shown.Set([]);

        _held.Offer(["a1"]);

        Assert.Equal(["a1"], _shown.Value!);
    }

    [Fact]
    public void Held_WhenAnotherAnswerIsShown_IsForgotten()
    {
        _shown.Set(["a1"]);
        _held.Offer(["b1", "a1"]);

        _shown.Set(["x1"]);

        Assert.Equal(0, _held.Count);
        _held.Show();
        Assert.Equal(["x1"], _shown.Value!);
        _held.Offer(null);
        Assert.Equal(0, _held.Count);
    }
}

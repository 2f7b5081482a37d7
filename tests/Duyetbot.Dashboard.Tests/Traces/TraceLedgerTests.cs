using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using static Duyetbot.Dashboard.Tests.Traces.Steps;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class TraceLedgerTests
{
    private static readonly StepRow[] Tree = [Step("0", tokens: 100, cost: 1), Step("0.0", tokens: 30, cost: 2), Step("0.0.0", tokens: 20, cost: 4)];

    [Fact]
    public void From_EventEqualsSteps_Agrees()
    {
        var ledger = From(150, Tree, new MessageTotals { MessageCount = 2, InputTokens = 150, EstimatedCostUsd = 7 });

        Assert.True(ledger.Agrees);
        Assert.Equal(100, ledger.Own!.InputTokens);
        Assert.Equal(150, ledger.Subtree!.InputTokens);
        Assert.Equal(7, ledger.Subtree.EstimatedCostUsd);
        Assert.All(ledger.TokenLines, l => Assert.Null(l.Reason));
    }

    [Fact]
    public void From_EventIsTheAgentsAlone_SaysThatAgentsMayHoldTheirWorkers()
    {
        var line = Total(From(100, Tree));

        Assert.Equal(-50, line.Difference);
        Assert.Contains("count those twice", line.Reason);
    }

    [Fact]
    public void From_EventIsTheAgentsAloneAndWorkersUsedMore_SaysThatWorkersAreMissing()
    {
        var line = Total(From(10, [Step("0", tokens: 10, cost: 0), Step("0.0", tokens: 30, cost: 0)]));

        Assert.Contains("missing", line.Reason);
    }

    [Fact]
    public void From_MessagesSayLess_ComparesThemWithTheEvent()
    {
        var ledger = From(150, Tree, new MessageTotals { MessageCount = 1, InputTokens = 140 });

        Assert.Equal(-10, Total(ledger).Difference);
        Assert.Equal("steps = event, messages 10 less", ledger.Sentence());
    }

    [Fact]
    public void Sentence_WhereOnlyTheCostDiffers_SaysByHowMuch()
    {
        var ledger = TraceLedger.From(
            new EventRow { EventId = "e", InputTokens = 5, TotalTokens = 5, EstimatedCostUsd = 0.5 },
            [Step("0", tokens: 5, cost: 0.5)],
            new MessageTotals { MessageCount = 1, InputTokens = 5, EstimatedCostUsd = 0.25 });

        Assert.Equal("steps = event, messages = event; messages cost $0.2500 less", ledger.Sentence());
    }

    [Fact]
    public void From_NoStepsAndNoMessages_ComparesNothing()
    {
        var ledger = From(150, []);

        Assert.All(ledger.TokenLines, l => Assert.False(l.IsCompared));
        Assert.Null(ledger.Subtree);
    }

    [Fact]
    public void From_StepsWithoutAnyPrice_HaveNoCostRatherThanNone()
    {
        var ledger = From(5, [Step("0", tokens: 5, cost: null)]);

        Assert.Null(ledger.Subtree!.EstimatedCostUsd);
        Assert.Equal(5, ledger.Subtree.UnpricedTokens);
    }

    private static TraceLedger From(long input, StepRow[] steps, MessageTotals? messages = null) =>
        TraceLedger.From(new EventRow { EventId = "e", InputTokens = input, TotalTokens = input }, steps, messages ?? new MessageTotals());

    private static LedgerLine Total(TraceLedger ledger) => ledger.Lines.Single(l => l.Name == "total_tokens");
}

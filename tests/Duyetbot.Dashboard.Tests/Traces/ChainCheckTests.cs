using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class ChainCheckTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""[{"name":"cut", """)]
    [InlineData("""[{"name":"a","duration_ms":1.5,"input_tokens":0,"cached_tokens":null,"workers":null,"other":"x"},{"workers":[{"duration_ms":1000000000000}]}]""")]
    public void From_NothingOdd_IsClean(string? agents) => Assert.True(ChainCheck.From(agents).IsClean);

    [Fact]
    public void From_ElementsThatAreNoObjects_NamesEachWithItsPlace()
    {
        var check = ChainCheck.From("""["a",{"workers":[1,{"workers":{"x":1}}]},null]""");

        Assert.Equal((4, 0), (check.NoSteps, check.OddValues));
        Assert.Equal(
            ["$[0] is text, not a step", "$[2] is null, not a step", "$[1].workers[0] is a number, not a step", "$[1].workers[1].workers is an object, not an array of steps"],
            check.Faults.Select(f => $"{f.Path} {f.Reason}"));
    }

    [Theory]
    [InlineData("duration_ms", "-1", "is negative")]
    [InlineData("duration_ms", "\"fast\"", "is text, not a number")]
    [InlineData("duration_ms", "1000000000001", "is above 10¹²")]
    [InlineData("input_tokens", "1.5", "is not a whole number")]
    [InlineData("tool_calls", "[]", "is an array, not a number")]
    [InlineData("reasoning_tokens", "9223372036854775808", "is above 10¹²")]
    public void From_ValueThatCountsAsNothing_SaysWhy(string key, string value, string reason)
    {
        var check = ChainCheck.From($$"""[{"{{key}}":{{value}}}]""");

        Assert.Equal((0, 1), (check.NoSteps, check.OddValues));
        Assert.Equal(new ChainFault($"$[0].{key}", value, reason), Assert.Single(check.Faults));
    }

    [Fact]
    public void From_ManyFaults_CountsAllAndListsTheFirst()
    {
        var check = ChainCheck.From("[" + string.Join(',', Enumerable.Repeat("1", 200)) + "]");

        Assert.Equal((200, ChainCheck.MostFaults), (check.NoSteps, check.Faults.Count));
    }

    [Fact]
    public void From_NestedAThousandDeep_IsRead()
    {
        var agents = string.Concat(Enumerable.Repeat("""[{"workers":""", 1_000)) + "[7]" + string.Concat(Enumerable.Repeat("}]", 1_000));

        Assert.Equal(1, ChainCheck.From(agents).NoSteps);
    }
}

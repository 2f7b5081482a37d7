using Bunit;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Traces;

public sealed class ChainNoteTests
{
    [Fact]
    public async Task ChainNote_Faults_AreCountedAndListed()
    {
        await using var context = new BunitContext();

        var note = context.Render<ChainNote>(p => p.Add(n => n.Check, ChainCheck.From("""["<b>x</b>",{"duration_ms":-5},{"input_tokens":"many"}]""")));

        Assert.Equal("1 element of agents is no step and is not in the tree; 2 values are no durations or counts and count as 0.", note.Find("summary .grow").TextContent);
        Assert.Equal(["$[0] \"<b>x</b>\" is text, not a step", "$[1].duration_ms -5 is negative", "$[2].input_tokens \"many\" is text, not a number"],
            note.FindAll("tbody tr").Select(r => string.Join(' ', r.QuerySelectorAll("td").Select(d => d.TextContent))));
        Assert.Empty(note.FindAll("p"));
    }

    [Fact]
    public async Task ChainNote_MoreFaultsThanListed_SaysHowMany()
    {
        await using var context = new BunitContext();

        var note = context.Render<ChainNote>(p => p.Add(n => n.Check, ChainCheck.From("[" + string.Join(',', Enumerable.Repeat("1", 1_200)) + "]")));

        Assert.StartsWith("The first 50 of 1,200", note.Find("p").TextContent);
    }
}

using System.Text;
using Dapper;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared.Payload;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

/// <summary>Of a long text only what is asked for leaves the database.</summary>
public sealed class LongTextTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20_000, true)]
    [InlineData(20_001, false)]
    [InlineData(400_000, false)]
    [InlineData(2_500_000, false)]
    public async Task Message_OfAPage_HoldsTheBegin(int length, bool isWhole)
    {
        var text = Text(length);
        var detail = await FindAsync(text);

        Assert.Equal(new StoredText(text[..20_000], length, Encoding.UTF8.GetByteCount(text), isWhole), detail.ContentText);
        Assert.Equal(text[..20_000], detail.Content);
        Assert.Equal(length <= StoredText.AsLines ? text : null, await Queries().FindPartAsync(detail, MessagePart.Content, Token));
        Assert.Equal(text, (await Queries().FindWholeAsync(detail.MessageId, Token))!.Content);
    }

    [Fact]
    public async Task Message_WithNulAndSignsOfManyBytes_LosesNothing()
    {
        var text = "a\0b😀終" + new string('é', 30_000);
        await FindAsync("");
        // A parameter that is text would end at the NUL.
        _database.Connection.Execute("UPDATE chat_messages SET content = CAST(@bytes AS TEXT)", new { bytes = Encoding.UTF8.GetBytes(text) });
        var detail = (await Queries().FindAsync(_database.Connection.ExecuteScalar<string>("SELECT message_id FROM chat_messages")!, Token))!;

        Assert.Equal((text[..20_000], text.Length), (detail.ContentText!.Text, (int)detail.ContentText.Characters));
        Assert.Equal(text, await Queries().FindPartAsync(detail, MessagePart.Content, Token));
    }

    [Fact]
    public async Task Message_WithMetadata_HoldsItWholeUpToATree()
    {
        var (small, big) = ($"[\"{Text(100_000)}\"]", $"[\"{Text(200_000)}\"]");

        var (one, other, none) = (await FindAsync("x", small, 1), await FindAsync("x", big, 2), await FindAsync("x", null, 3));

        Assert.Equal((small, true), (one.MetadataText!.Text, one.MetadataText.IsWhole));
        Assert.Equal((20_000, false), (other.MetadataText!.Text.Length, other.MetadataText.IsWhole));
        Assert.Null(none.MetadataText);
        Assert.Equal(big, await Queries().FindPartAsync(other, MessagePart.Metadata, Token));
    }

    [Fact]
    public async Task Hits_InAHugeText_AreFoundWhereItIsStored()
    {
        var text = Text(3_000_000) + "Nädelchen" + Text(1_000);
        var detail = await FindAsync(text);

        var hits = await Queries().FindHitsAsync(detail, MessagePart.Content, "nÄDEL", Token);

        Assert.Equal((1L, true, (long)text.Length), (hits!.Count, hits.IsComplete, hits.Characters));
        Assert.Equal((3_000_000L, "Nädel"), (hits.First[0].At, hits.First[0].Found));
        Assert.Null(await Queries().FindHitsAsync(detail, MessagePart.Metadata, "x", Token));
    }

    [Fact]
    public async Task Trace_OfAPage_HoldsTheBeginsOfItsTexts()
    {
        var (input, response) = (Text(50_000), Text(2_100_000));
        var workers = string.Join(',', Enumerable.Range(0, 4_000).Select(i => $$"""{"name":"worker {{i}}","duration_ms":1}"""));
        var id = _database.GivenEvent(inputText: input, responseText: response, agents: $$"""[{"name":"boss","duration_ms":5,"workers":[{{workers}}]}]""");
        var traces = new TraceQueries(_database.Database);

        var data = (await traces.FindTraceAsync(id, Token))!;
        var step = (await traces.FindStepAsync(id, id + "-0", Token))!;

        Assert.Equal((20_000, 50_000L, 20_000, 2_100_000L), (data.Input!.Text.Length, data.Input.Characters, data.Response!.Text.Length, data.Response.Characters));
        Assert.Equal((input[..20_000], response[..20_000]), (data.Event.InputText, data.Event.ResponseText));
        Assert.Equal(input, await traces.FindPartAsync(id, null, TracePart.Input, Token));
        Assert.Null(await traces.FindPartAsync(id, null, TracePart.Response, Token));
        Assert.Equal((input, response), ((await traces.FindTraceWithTextsAsync(id, Token))!.Event.InputText, (await traces.FindWholeTraceAsync(id, Token))!.Event.ResponseText));
        Assert.Equal((20_000, 3, false), (step.Step.StepJson!.Length, step.Keys, step.Json!.IsWhole));
        Assert.Equal(step.Json.Characters, (await traces.FindPartAsync(id, id + "-0", TracePart.Step, Token))!.Length);
        Assert.Equal(4_000, (await traces.FindHitsAsync(id, id + "-0", TracePart.Step, "worker ", Token))!.Count);
    }

    public void Dispose() => _database.Dispose();

    private static string Text(int length) => string.Concat(Enumerable.Repeat("0123456789", length / 10)) + new string('x', length % 10);

    private MessageDetailQueries Queries() => new(_database.Database);

    private async Task<MessageDetail> FindAsync(string content, string? metadata = null, int sequence = 1)
    {
        var row = _database.GivenMessage(sequence: sequence, content: content);
        _database.Connection.Execute("UPDATE chat_messages SET metadata = @metadata WHERE id = @row", new { metadata, row });
        var id = _database.Connection.ExecuteScalar<string>("SELECT message_id FROM chat_messages WHERE id = @row", new { row })!;
        return (await Queries().FindAsync(id, Token))!;
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Features.Ingest;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Ingest;

/// <summary>Rows over HTTP: each with its verdict, committed before the answer, the same twice once.</summary>
public sealed class IngestTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(_database.File);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Messages_SentTwice_AreThereOnce()
    {
        const string body = """
            [{"message_id":"m1","session_id":"api:1:1","sequence":1,"role":"user","content":"xin chào","timestamp":1795435200000},
             {"session_id":"api:1:1","sequence":2,"role":"assistant","content":"hi","timestamp":1795435201000,"model":"gpt-5-mini","input_tokens":10,"output_tokens":3,"is_pinned":true,"metadata":{"a":[1]}}]
            """;

        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", await AnswerAsync("messages", body));
        Assert.Equal("""{"accepted":0,"duplicates":2,"rejected":[]}""", await AnswerAsync("messages", body));

        var row = _database.Connection.QuerySingle("SELECT content, input_tokens, is_pinned, metadata, created_at FROM chat_messages WHERE sequence = 2");
        Assert.Equal(("hi", 10L, 1L, """{"a":[1]}""", 1795435201000L), ((string)row.content, (long)row.input_tokens, (long)row.is_pinned, (string)row.metadata, (long)row.created_at));
        Assert.Equal(2, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages"));
    }

    [Fact]
    public async Task Message_TwiceInOneRequest_IsADuplicate() => Assert.Equal(
        """{"accepted":1,"duplicates":1,"rejected":[]}""",
        await AnswerAsync("messages", """[{"message_id":"m1","session_id":"s","sequence":1,"role":"user","content":"a"},{"message_id":"m1","session_id":"s","sequence":1,"role":"user","content":"a"}]"""));

    [Fact]
    public async Task Event_BegunThenFinished_IsCompleted()
    {
        await AnswerAsync("events", """[{"event_id":"e1","app_source":"telegram-webhook","event_type":"message","triggered_at":1795435200000,"status":"processing"}]""");

        var answer = await AnswerAsync("events", """[{"event_id":"e1","app_source":"telegram-webhook","event_type":"message","triggered_at":1795435200000,"status":"success","duration_ms":900,"agents":[{"name":"router","input_tokens":5}]}]""");

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", answer);
        Assert.Equal("router", _database.Connection.ExecuteScalar<string>("SELECT agent_name FROM analytics_agent_steps_view WHERE event_id = 'e1' AND status = 'success'"));
    }

    [Theory]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user"}""", "content is missing")]
    [InlineData("""{"session_id":"s","sequence":"1","role":"user","content":"a"}""", "sequence must be a whole number")]
    [InlineData("""{"session_id":"s","sequence":1.5,"role":"user","content":"a"}""", "sequence must be a whole number of at most 64 bits")]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user","content":"a","input_tokens":-1}""", "input_tokens must not be negative")]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user","content":{"a":1}}""", "content must be text")]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user","content":"a","is_archived":2}""", "is_archived must be true, false, 0 or 1")]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user","content":"a","agents":"[]"}""", "\"agents\" is no column of chat_messages")]
    [InlineData("""{"session_id":"s","sequence":1,"role":"user","content":"\ud800"}""", "content holds bytes or half of a surrogate pair that are no text")]
    [InlineData("7", "is no JSON object")]
    public async Task BadRow_AmongGoodOnes_IsNamedAndTheOthersStay(string bad, string error)
    {
        var good = """{"session_id":"s","sequence":9,"role":"user","content":"good"}""";

        using var answer = JsonDocument.Parse(await AnswerAsync("messages", $"[{bad},{good}]"));

        Assert.Equal(1, answer.RootElement.GetProperty("accepted").GetInt32());
        var rejection = Assert.Single(answer.RootElement.GetProperty("rejected").EnumerateArray().ToList());
        Assert.Equal((0, error), (rejection.GetProperty("index").GetInt32(), rejection.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Message_WithAnIdThatHasAnotherContent_IsRefused()
    {
        await AnswerAsync("messages", """[{"message_id":"m1","session_id":"s","sequence":1,"role":"user","content":"a"}]""");

        using var answer = JsonDocument.Parse(await AnswerAsync("messages", """[{"message_id":"m1","session_id":"s","sequence":1,"role":"user","content":"b"}]"""));

        Assert.Contains("another content", Assert.Single(answer.RootElement.GetProperty("rejected").EnumerateArray().ToList()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_WithABrokenOneUnderGzip_AreTakenByLine()
    {
        const string lines = """
            {"session_id":"s","sequence":1,"role":"user","content":"a"}

            {"session_id":
            {"session_id":"s","sequence":2,"role":"user","content":"b"}
            """;
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(lines), Token);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await _server.Client.PostAsync("/api/v1/ingest/messages", content, Token);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(2, answer.RootElement.GetProperty("accepted").GetInt32());
        Assert.Equal(1, Assert.Single(answer.RootElement.GetProperty("rejected").EnumerateArray().ToList()).GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task Body_ThatIsTooLong_IsRefusedAlsoUnderGzip()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 40; i++)
                await gzip.WriteAsync(new byte[1024 * 1024], Token);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await _server.Client.PostAsync("/api/v1/ingest/messages", content, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);

        using var many = await PostAsync("messages", $"[{string.Join(',', Enumerable.Repeat("1", 10_001))}]");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, many.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("[1,")]
    public async Task Body_ThatIsNoArray_Is400(string body)
    {
        using var response = await PostAsync("messages", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("body: ", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatIsNoGzip_Is400()
    {
        using var content = new StringContent("[]");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await _server.Client.PostAsync("/api/v1/ingest/messages", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task FullQueue_IsRefusedWithoutReading()
    {
        var writer = _server.Services.GetRequiredService<IngestWriter>();
        var places = Enumerable.Range(0, IngestWriter.Places).Select(_ => writer.Enter()).ToList();

        using (var refused = await PostAsync("messages", "[]"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        places.ForEach(p => p.Dispose());
        using var taken = await PostAsync("messages", "[]");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task LockHeldElsewhere_Is503AndNothingIsKept()
    {
        using (var transaction = _database.Connection.BeginTransaction(deferred: false))
        {
            using var refused = await PostAsync("messages", """[{"session_id":"s","sequence":1,"role":"user","content":"a"}]""");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            transaction.Rollback();
        }

        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages"));
    }

    private async Task<string> AnswerAsync(string what, string body)
    {
        using var response = await PostAsync(what, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private async Task<HttpResponseMessage> PostAsync(string what, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _server.Client.PostAsync($"/api/v1/ingest/{what}", content, Token);
    }
}

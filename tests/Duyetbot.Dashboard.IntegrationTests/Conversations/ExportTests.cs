using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Duyetbot.Dashboard.IntegrationTests.Conversations;

/// <summary>A conversation leaves as a file and comes back as it was.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Odd = "github:octocat:owner/repo#12 100% Nguyễn";

    private readonly TestDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-share-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_ImportedIntoAnEmptyDatabase_IsExportedWithTheSameBytes()
    {
        Given();
        var file = await ExportAsync(_database, new ShareOptions());
        using var other = new TestDatabase();

        var report = await ImportAsync(other, file);

        Assert.Equal((7, 7, 0), (report.Read, report.Added, report.Rejected));
        Assert.Equal(Text(file), Text(await ExportAsync(other, new ShareOptions())));
        var again = await ImportAsync(other, file);
        Assert.Equal((0, 0, 7), (again.Added, again.Updated, again.Tables.Values.Sum(t => t.Skipped)));
        Assert.Equal(0, (await ImportAsync(_database, file)).Updated);
    }

    [Fact]
    public async Task Json_NamesItsFormAndHoldsEveryColumn()
    {
        Given();
        using var json = JsonDocument.Parse(await ExportAsync(_database, new ShareOptions()));

        Assert.Equal("duyetbot-conversation/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(Odd, json.RootElement.GetProperty("conversation_id").GetString());
        Assert.False(json.RootElement.TryGetProperty("redacted", out _));
        Assert.Equal("Named", json.RootElement.GetProperty("annotation").GetProperty("title").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("events").GetArrayLength());
        var columns = _database.Connection.Query<string>("SELECT name FROM pragma_table_info('chat_messages') WHERE name <> 'id'").Order();
        Assert.Equal(columns, json.RootElement.GetProperty("messages")[0].EnumerateObject().Select(p => p.Name).Order());
        using var bare = JsonDocument.Parse(await ExportAsync(_database, new ShareOptions { WithTraces = false }));
        Assert.False(bare.RootElement.TryGetProperty("events", out _));
    }

    [Fact]
    public async Task Redacted_IsMarked_AndTakenBackOnlyByForce()
    {
        Given();
        var file = await ExportAsync(_database, new ShareOptions { Redaction = new RedactionChoice { Users = true, Ids = true } });
        using var other = new TestDatabase();

        var refused = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(other, file));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, other.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM chat_messages"));
        Assert.DoesNotContain("octocat", Text(file), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("owner/repo", Text(file), StringComparison.Ordinal);
        Assert.Equal(4, (await ImportAsync(other, file, force: true)).Tables["chat_messages"].Added);
    }

    [Theory]
    [InlineData("""{"format":"duyetbot-conversation/2","messages":[]}""", "Update the dashboard first")]
    [InlineData("""{"format":"else"}""", "no shared conversation")]
    [InlineData("""{"messages":[]}""", "no shared conversation")]
    [InlineData("""{"format":"duyetbot-conversation/1","messages":[{""", "damaged or cut off")]
    [InlineData("""{"format":"duyetbot-conversation/1","messages":{}}""", "not an array")]
    [InlineData("""{"format":"duyetbot-conversation/1","messages":[]}""", "holds none")]
    public async Task File_OfAnotherForm_IsRefused(string json, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<ImportException>(() => ImportAsync(_database, Encoding.UTF8.GetBytes(json)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Row_ThatCannotBeRead_IsRejectedAloneAndUnknownColumnsAreNamed()
    {
        var report = await ImportAsync(_database, """{"format":"duyetbot-conversation/1","messages":[{"session_id":"a","sequence":1,"role":"user","content":"x","timestamp":1,"new":1},{"session_id":["a"]},{"session_id":"a","sequence":2,"role":"robot","content":"x","timestamp":1}]}"""u8.ToArray());

        Assert.Equal((3, 1, 2), (report.Read, report.Added, report.Rejected));
        Assert.Contains("column chat_messages.new", report.LeftAside.Keys);
    }

    [Fact]
    public async Task Html_HostileText_IsTextWithoutScriptOrRequest()
    {
        _database.GivenMessage("cli:1:1", 1, "user", "<script>alert(1)</script> ![x](http://evil.example/p.png) [l](javascript:alert(1))", username: "<b onclick=x>");
        _database.GivenMessage("cli:1:1", 2, "tool", "</pre><script>alert(2)</script>");
        _database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, summary) VALUES ('cli:1:1', '</title><script>3</script>', '<img src=x>')");

        var html = Text((await Sharing(_database).FindFileAsync("cli:1:1", new ShareOptions { Format = ShareOptions.Html }, Token))!.Bytes);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b onclick", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|url\\()\\s*=?\\s*[\"']?https?:", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_OpenFence_EndsWithItsMessage()
    {
        _database.GivenMessage("cli:1:1", 1, "assistant", "see\n```cs\nvar x = 1;");
        _database.GivenMessage("cli:1:1", 2, "user", "thanks");

        var text = Text((await Sharing(_database).FindFileAsync("cli:1:1", new ShareOptions { Format = ShareOptions.Markdown }, Token))!.Bytes);

        Assert.Contains("var x = 1;\n```\n\n---\n\n### ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Export_IsADownloadInEachFormat()
    {
        Given();
        await using var server = await TestServer.StartAsync(_database.File);
        var path = $"/api/v1/conversations/{Uri.EscapeDataString(Odd)}/export";
        foreach (var (format, type, start) in new[] { ("json", "application/json", "{"), ("markdown", "text/markdown", "# Named"), ("html", "text/html", "<!doctype html>") })
        {
            using var response = await server.Client.GetAsync($"{path}?format={format}&redact=users,numbers&redact_word=retry&traces=true", Token);
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.Equal((HttpStatusCode.OK, type, "attachment"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType));
            Assert.StartsWith(start, text, StringComparison.Ordinal);
            Assert.DoesNotContain("retry", text, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("word-1", text, StringComparison.Ordinal);
        }

        foreach (var wrong in new[] { "format=pdf", "redact=names", "traces=maybe", "nonsense=1" })
        {
            using var response = await server.Client.GetAsync($"{path}?{wrong}", Token);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(wrong.Split('=')[0], (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/api/v1/conversations/nobody/export", Token)).StatusCode);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Two events, four messages of which two share a sequence, marks, an annotation, odd values; and another conversation.
    private void Given()
    {
        var first = _database.GivenEvent("e/1#%", agents: """[{"name":"router","type":"agent","duration_ms":5,"workers":[{"name":"w","error":"retry <b>"}]}]""", status: "error", durationMs: 7L, input: 10L, output: 5L, user: "octocat", username: "Octo Cat", repo: "owner/repo", inputText: "hi");
        var second = _database.GivenEvent("e2", agents: "not json", at: TestDatabase.Now + 5);
        _database.GivenMessage(Odd, 1, "user", "where\nis \"it\", Octo Cat? retry \u0001 😀 \u2028", first, at: TestDatabase.Now, username: "Octo Cat");
        _database.GivenBotMessage(Odd, 2, "assistant", "here", first, 10L, 5L, TestDatabase.Now + 1);
        _database.GivenBotMessage(Odd, 2, "tool", """{"a": 1.0}""", second, at: TestDatabase.Now + 2);
        _database.GivenMessage(Odd, 3, "user", "", at: TestDatabase.Now + 3, visibility: "public", archived: true, model: "m1");
        _database.Connection.Execute("UPDATE chat_messages SET is_pinned = 1, updated_at = 77, metadata = '{\"x\":[1.50]}' WHERE sequence = 3; UPDATE chat_messages SET reasoning_tokens = 1.5 WHERE role = 'tool'");
        _database.Connection.Execute("INSERT INTO conversation_annotations(conversation_id, title, summary, is_starred, note, metadata, updated_at) VALUES (@Odd, 'Named', 'A note', 1, 'older note', '{}', 99)", new { Odd });
        _database.GivenMessage("cli:other", 1, "user", "not in the file", _database.GivenEvent("e3"));
    }

    private static ConversationSharing Sharing(TestDatabase database) => new(new ExportQueries(database.Database), DashboardOptions.Read(new ConfigurationBuilder().Build()));

    private static async Task<byte[]> ExportAsync(TestDatabase database, ShareOptions share) => (await Sharing(database).FindFileAsync(Odd, share, Token))!.Bytes;

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private async Task<ImportReport> ImportAsync(TestDatabase database, byte[] file, bool force = false)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.json");
        await File.WriteAllBytesAsync(path, file, Token);
        return await Importer.RunAsync(database.Database, path, dryRun: false, force, progress: null, Token);
    }
}

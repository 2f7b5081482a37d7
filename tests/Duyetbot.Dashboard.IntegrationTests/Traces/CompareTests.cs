using System.Net;
using System.Text.Json;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Traces;

public sealed class CompareTests : IAsyncLifetime, IDisposable
{
    private const string First = "github:o/r#1 a?b";
    private const string Second = "second%2F";
    private const string Hostile = "<script>alert(1)</script>";

    private readonly TestDatabase _database = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database.GivenPrice("m1", 1, 2);
        _database.GivenEvent(First, at: TestDatabase.Now - 5_000, durationMs: 1_000L, user: "7", inputText: "the old question", responseText: "same", agents: """
            [{"name":"router","duration_ms":100,"input_tokens":10,"model":"m1"},{"name":"gone","duration_ms":300,"input_tokens":5,"model":"m1"}]
            """);
        _database.GivenEvent(Second, at: TestDatabase.Now, durationMs: 4_000L, user: "7", inputText: "the new question", responseText: "same", agents: $$"""
            [{"name":"router","duration_ms":350,"input_tokens":7,"model":"m1","workers":[{"name":"{{Hostile}}","duration_ms":50,"input_tokens":1000,"model":"m1"}]}]
            """);
        _server = await TestServer.StartAsync(_database.File);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Page_OfTwoTraces_HasTheDifferencesOfStepsTotalsAndTexts()
    {
        var html = await PageAsync(First, Second);

        // router: 350 - 100 ms, 7 - 10 tokens; the worker only in the second, one step only in the first.
        Assert.Equal(3, Count(html, "data-testid=\"compare-row\""));
        Assert.Contains("1 in both, 1 only in A, 1 only in B", html);
        Assert.Contains("+250\u202fms", html);
        Assert.Contains("+1,000", html);
        var total = html[html.IndexOf("data-testid=\"compare-total\"", StringComparison.Ordinal)..];
        Assert.Contains("+3.00\u202fs", total);
        Assert.Contains(">15<", total);
        Assert.Contains(">1,007<", total);
        Assert.Contains(">+992<", total);
        // 1,007 and 15 tokens of input at 1 USD per 1,000.
        Assert.Contains("+$0.9920", total);
        Assert.Matches("<del>.*old.*</del>", html);
        Assert.Matches("<ins>.*new.*</ins>", html);
        Assert.Contains("the same, 4 characters", html);
        Assert.DoesNotContain(Hostile, html);
    }

    [Fact]
    public async Task Page_WithThePastedId_ShowsTheSameComparison()
    {
        var html = await GetAsync($"/traces/{Uri.EscapeDataString(First)}/compare?with={Uri.EscapeDataString(Second)}");

        Assert.Contains("1 in both, 1 only in A, 1 only in B", html);
    }

    [Fact]
    public async Task Page_UnknownId_NamesItAndOffersTheOther()
    {
        var html = await PageAsync(First, "nowhere");

        Assert.Contains("There is no such trace", html);
        Assert.Contains("nowhere</span>", html);
        Assert.Contains("The other trace", html);
    }

    [Fact]
    public async Task Page_SameIdTwice_SaysSo() => Assert.Contains("Both are the same trace", await PageAsync(First, First));

    [Fact]
    public async Task Trace_Menu_OffersThePreviousTracesAsTheFirst()
    {
        var html = await GetAsync($"/traces/{Uri.EscapeDataString(Second)}");

        Assert.Equal(2, Count(html, $"href=\"/traces/{Uri.EscapeDataString(First)}/compare/{Uri.EscapeDataString(Second)}\""));
    }

    [Fact]
    public async Task Trace_OfAnotherKindAndUser_OffersNoPrevious()
    {
        _database.GivenEvent("lonely", source: "github-webhook", user: "8", at: TestDatabase.Now + 1);

        var html = await GetAsync("/traces/lonely/compare");

        Assert.Equal(2, Count(html, ">none<"));
        Assert.Contains("name=\"with\"", html);
    }

    [Fact]
    public async Task ExportJson_IsTheStoredRow()
    {
        using var response = await ExportAsync(Second, "json");
        var row = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(Second, row.GetProperty("event_id").GetString());
        Assert.StartsWith("[{\"name\":\"router\",\"duration_ms\":350", row.GetProperty("agents").GetString());
    }

    [Fact]
    public async Task ExportHtml_NeedsNothingElseAndEncodesEveryText()
    {
        using var response = await ExportAsync(Second, "html");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(2, Count(html, "<details>"));
        Assert.Contains(WebUtility.HtmlEncode(Hostile), html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(src|href)=|url\\(|@import", html);
        Assert.Contains("[ 1 item ]", html);
        Assert.Contains("--surface-0:", html);
    }

    [Theory]
    [InlineData("not json {", "not JSON")]
    [InlineData("{\"a\":1}", "an object")]
    public async Task ExportHtml_AgentsThatAreNoArray_HoldsThemAsText(string agents, string reason)
    {
        _database.GivenEvent("odd", agents: agents);

        using var response = await ExportAsync("odd", "html");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains(reason, html);
        Assert.Contains(WebUtility.HtmlEncode(agents), html);
    }

    [Fact]
    public async Task Export_WrongFormatOrId_IsRefused()
    {
        using var format = await ExportAsync(First, "pdf");
        using var id = await ExportAsync("nowhere", "html");

        Assert.Equal(HttpStatusCode.BadRequest, format.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, id.StatusCode);
    }

    [Fact]
    public async Task Histogram_OfTheList_CountsEachDurationOnce()
    {
        _database.GivenEvent("failed", status: "error", durationMs: 1_500L);
        _database.GivenEvent("unknown", durationMs: null);

        var html = await GetAsync("/traces?range=all&chart=histogram");

        Assert.Contains("1.00\u202fs to below 2.00\u202fs: 2 traces, 1 failed", html);
        Assert.Contains("2.00\u202fs to below 5.00\u202fs: 1 trace, 0 failed", html);
        Assert.Equal(2, Count(html, "class=\"hist-bar"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private Task<string> PageAsync(string a, string b) => GetAsync($"/traces/{Uri.EscapeDataString(a)}/compare/{Uri.EscapeDataString(b)}");

    private async Task<string> GetAsync(string path)
    {
        var html = await _server.Client.GetStringAsync(path, TestContext.Current.CancellationToken);
        return html.Replace("&#x202F;", "\u202f", StringComparison.OrdinalIgnoreCase).Replace("&#x2B;", "+", StringComparison.OrdinalIgnoreCase);
    }

    private Task<HttpResponseMessage> ExportAsync(string id, string format) =>
        _server.Client.GetAsync($"/api/v1/events/{Uri.EscapeDataString(id)}/export?format={format}", TestContext.Current.CancellationToken);
}

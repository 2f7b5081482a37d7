using System.Globalization;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.Shared.Api;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>Whatever is sent, the product answers with JSON, CSV or problem details, and its database stays sound.</summary>
/// <remarks>FUZZ_SEED and FUZZ_REQUESTS choose another run; the same two send the same requests.</remarks>
public sealed class FuzzTests
{
    private static readonly int Seed = Setting("FUZZ_SEED", 20_261_126);
    private static readonly int Requests = Setting("FUZZ_REQUESTS", 1_500);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_AskedAnything_AnswersAndKeepsTheDatabaseSound()
    {
        using var database = await WorldAsync();
        await using (var server = await TestServer.StartAsync(database.File))
        {
            var report = await FuzzRun.SendAsync(server, database, Seed, Requests, only: null, Token);

            TestContext.Current.TestOutputHelper?.WriteLine(report.Words);
            Assert.True(report.Findings.Count == 0, $"{report.Words}\n{string.Join('\n', report.Findings.Take(20))}\n({report.Findings.Count} in all)");
            // A run that is only ever refused, or never, finds nothing; whether a price overlaps another is chance.
            Assert.All(report.StatusesByOperation.Where(o => !o.Key.StartsWith("PUT ", StringComparison.Ordinal)), o => Assert.True(o.Value.Any(s => s is >= 200 and < 300) && o.Value.Any(s => s is >= 400 and < 500), $"{o.Key}: {string.Join(' ', o.Value.CountBy(s => s))}"));

            var found = new List<VerifyFinding>();
            var isRight = await server.Services.GetRequiredService<DatabaseVerifier>().RunAsync(found.Add, (_, _) => { }, Token);
            Assert.True(isRight, $"{report.Words}\n{string.Join('\n', found.Where(f => !f.IsOk).Select(f => f.Text))}");
        }
    }

    [Fact]
    public async Task Endpoint_ThatThrowsOnOneText_IsFound()
    {
        var report = await FragileAsync((HttpRequest request) => request.Query["q"].ToString().Contains('\0') ? throw new InvalidOperationException("fragile") : Results.Ok(new { items = Array.Empty<string>() }));

        Assert.Contains(report.Findings, f => f.Contains("→ 500", StringComparison.Ordinal) && f.Contains("%00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_ThatPutsTextIntoJsonUnescaped_IsFound()
    {
        var report = await FragileAsync((HttpRequest request) => Results.Content($$"""{"q":"{{request.Query["q"]}}"}""", "application/json"));

        Assert.Contains(report.Findings, f => f.Contains("cannot be read", StringComparison.Ordinal));
    }

    private static async Task<FuzzReport> FragileAsync(Delegate handler)
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(
            database.File,
            map: app => app.MapGet("/api/v1/fragile", handler).Describe(new ApiOperation("Breaks") { Parameters = [new ApiParameter("q", "Any text.")] }));

        return await FuzzRun.SendAsync(server, database, Seed, 600, o => o.Path == "/api/v1/fragile", Token);
    }

    private static async Task<TestDatabase> WorldAsync()
    {
        var database = new TestDatabase();
        await DemoData.WriteAsync(database.Database, new DemoOptions { Messages = 300, Days = 15, Seed = 7, End = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now) }, null, Token);
        foreach (var id in new[] { "telegram:1/2", "a%2Fb", "x#y?z", "..", " ", "中文:1", "a\"b" })
        {
            database.GivenEvent($"event {id}", agents: """[{"name":"router","workers":"none"}]""", error: "=cmd|' /C'!A0");
            database.GivenMessage(id, content: $"{id}\r\n\"quoted\", and, commas\0", eventId: $"event {id}", user: id);
        }

        return database;
    }

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

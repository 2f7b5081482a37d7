using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Shared.Markdown;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>10,000 hostile texts in a real browser: none runs a script, fetches anything or leads away, whether a policy guards the page or not.</summary>
public sealed class HostileTextTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    private const int Seed = 20_261_123;
    private const int Batch = 1_000;

    // HOSTILE_TEXTS=10000 makes the long run; the gate takes what it has time for.
    private static readonly Lazy<List<string>> Texts = new(() => HostileTexts.Make(
        int.TryParse(Environment.GetEnvironmentVariable("HOSTILE_TEXTS"), out var count) ? count : 4_000, Seed));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_ThroughTheProduct_DoesNothing(bool withPolicy)
    {
        var html = Texts.Value.AsParallel().AsOrdered().Select(t => MarkdownText.ToHtml(t)).ToList();

        await using var reader = await HostileReader.OpenAsync(Fixture.Browser, withPolicy ? await PolicyAsync() : null);
        foreach (var batch in html.Chunk(Batch))
            await reader.ShowAsync(batch);

        Check.None(reader.Found.Select(f => $"seed {Seed}: {f}"));
        // Each is shown twice; enough of them keep a link, whose host the browser itself read as it is shown.
        Assert.True(reader.Links > 200, $"Only {reader.Links} links were left.");
    }

    [Fact]
    public async Task Html_ThroughTheAllowListAlone_DoesNothing()
    {
        // What a fault in the Markdown parser would let through.
        var html = Texts.Value.AsParallel().AsOrdered().Select(t => MarkdownText.Sanitize(t)).ToList();

        await using var reader = await HostileReader.OpenAsync(Fixture.Browser, policy: null);
        foreach (var batch in html.Chunk(Batch))
            await reader.ShowAsync(batch);

        Check.None(reader.Found.Select(f => $"seed {Seed}: {f}"));
    }

    [Fact]
    public async Task Text_WithoutTheSanitizer_IsCaught()
    {
        await using var reader = await HostileReader.OpenAsync(Fixture.Browser, policy: null);

        // Few a page, as one that leads away takes what the others were about to do with it; and no more than it takes.
        foreach (var batch in Texts.Value.Select(t => Markdig.Markdown.ToHtml(t)).Chunk(5))
        {
            await reader.ShowAsync(batch, inPage: false);
            if (Times("script") > 20 && Times("request ") > 20 && Times("frame ") > 0 && Times("link to javascript:") > 0 && Times("navigation ") > 0)
                break;
        }

        Assert.True(Times("script") > 20, "Hardly any script ran.");
        Assert.True(Times("request ") > 20, "Hardly anything was fetched.");
        Assert.Contains(reader.Found, f => f.StartsWith("frame ", StringComparison.Ordinal));
        Assert.Contains(reader.Found, f => f.StartsWith("link to javascript:", StringComparison.Ordinal));
        Assert.Contains(reader.Found, f => f.StartsWith("navigation ", StringComparison.Ordinal));

        int Times(string what) => reader.Found.Count(f => f.StartsWith(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_WithoutTheSanitizerBehindThePolicy_IsCaught()
    {
        await using var reader = await HostileReader.OpenAsync(Fixture.Browser, await PolicyAsync());

        await reader.ShowAsync([.. Texts.Value.Take(300).Select(t => Markdig.Markdown.ToHtml(t))], inPage: false);

        Assert.DoesNotContain("script", reader.Found);
        Assert.Contains(reader.Found, f => f.StartsWith("refused ", StringComparison.Ordinal));
    }

    private async Task<string> PolicyAsync()
    {
        using var answer = await Fixture.Server.Client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        return Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
    }
}

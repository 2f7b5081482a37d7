using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>The deployed product serves every asset, compressed, and little of it.</summary>
public sealed partial class PublishedAppTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    /// <summary>What a first visit may weigh, compressed, in bytes.</summary>
    private const long FirstLoad = 130_000;

    /// <summary>As <see cref="FirstLoad"/>, on a page with a chart.</summary>
    private const long FirstLoadWithChart = 260_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(@"_content/MudBlazor/MudBlazor\.min\.[\w]+\.js")]
    [InlineData(@"css/site\.[\w]+\.css")]
    [InlineData(@"js/shell\.[\w]+\.js")]
    public async Task Asset_OfThePage_IsFingerprintedAndCompressed(string pattern)
    {
        var page = await Text(await GetAsync("/conversations"));
        var match = Regex.Match(page, pattern);
        Assert.True(match.Success, $"The page names no asset like {pattern}.");

        using var asset = await GetAsync("/" + match.Value);

        Assert.Equal(["br"], asset.Content.Headers.ContentEncoding);
        Assert.True((await Bytes(asset)).Length > 100);
        Assert.Contains("immutable", asset.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChartModule_FromThePublishedProduct_IsCompressed()
    {
        using var module = await GetAsync(ChartModule);

        Assert.Equal(["br"], module.Content.Headers.ContentEncoding);
        Assert.InRange((await Bytes(module)).Length, 50_000, 140_000);
    }

    [Theory]
    [InlineData("/conversations", false)]
    [InlineData("/traces", false)]
    [InlineData("/usage", true)]
    public async Task Page_FirstLoad_StaysSmall(string path, bool chart)
    {
        using var page = await GetAsync(path);
        var html = await Text(page);
        var paths = Assets().Matches(html).Select(m => m.Groups[1].Value).Where(p => !p.StartsWith('#')).Select(p => p.Split('#')[0]).Distinct().ToList();
        if (chart)
            paths.Add(ChartModule);

        long total = 0;
        foreach (var asset in paths)
        {
            using var response = await GetAsync("/" + asset.TrimStart('/'));
            var size = (await Bytes(response)).Length;
            TestContext.Current.TestOutputHelper?.WriteLine($"{size,8} {asset}");
            Assert.True(response.IsSuccessStatusCode, asset);
            Assert.True(size > 0, asset);
            total += size;
        }

        var pageSize = (await Bytes(page)).Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"{pageSize,8} {path}\n{total + pageSize,8} in {paths.Count + 1} requests");
        Assert.InRange(total + pageSize, 1, chart ? FirstLoadWithChart : FirstLoad);
        Assert.InRange(paths.Count + 1, 1, 12);
    }

    private const string ChartModule = "/_content/ApexCharts.Blazor/apexcharts.esm.js";

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var response = await app.Client.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return response;
    }

    private static Task<byte[]> Bytes(HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync(Token);

    private static async Task<string> Text(HttpResponseMessage response)
    {
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        await using var stream = new System.IO.Compression.BrotliStream(await response.Content.ReadAsStreamAsync(Token), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }

    [GeneratedRegex(@"(?:src|<link [^>]*href)=""([^""]+\.(?:css|js|svg)(?:#[^""]*)?)""")]
    private static partial Regex Assets();
}

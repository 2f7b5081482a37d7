using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>The machine's own Chromium, driven by Playwright; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Names another Chromium or Chrome than the ones looked for.</summary>
    public const string PathVariable = "CHROMIUM_PATH";

    /// <summary>Set to 1 where a machine without Chromium must fail the tests instead of skipping them.</summary>
    public const string RequireVariable = "DUYETBOT_TESTS_REQUIRE_BROWSER";

    private static readonly string[] Known =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none", "--hide-scrollbars",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    /// <summary>The running browser.</summary>
    public IBrowser Browser { get; }

    /// <summary>Why there is no browser, or null where there is one.</summary>
    public static string? Missing => Find() is null
        ? $"There is no Chromium on this machine: install it (Debian: apt-get install chromium) or name it in {PathVariable}."
        : null;

    /// <summary>Starts the browser; null where there is none and none is required.</summary>
    public static async Task<Chromium?> StartAsync()
    {
        if (Find() is not { } path)
            return null;
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
        return new Chromium(playwright, browser);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named
            ? File.Exists(named) ? named : null
            : Known.FirstOrDefault(File.Exists);
}

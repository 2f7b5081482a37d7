using System.Text.RegularExpressions;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>A test in Chromium: at its end nothing may have gone wrong in any tab, and a failure leaves its picture.</summary>
public abstract partial class BrowserTest(DashboardFixture fixture) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<Tab> _tabs = [];

    /// <summary>What all tests share.</summary>
    protected DashboardFixture Fixture { get; } = fixture;

    /// <summary>Ids to open.</summary>
    protected Samples Samples => Fixture.Samples;

    /// <summary>A new tab in a context of its own.</summary>
    /// <param name="width">Of the view port; 390 is a phone and touches.</param>
    /// <param name="theme">light or dark, as the system says it.</param>
    /// <param name="javaScript">False for the page as it arrives.</param>
    /// <param name="server">Whose pages; the shared one's when not given.</param>
    protected async Task<Tab> OpenTabAsync(int width = 1440, string theme = "light", bool javaScript = true, TestServer? server = null)
    {
        var home = (server ?? Fixture.Server).Address;
        var phone = width < 600;
        var context = await Fixture.Browser.NewContextAsync(new()
        {
            BaseURL = home.ToString(),
            ViewportSize = new() { Width = width, Height = phone ? 844 : 900 },
            HasTouch = phone,
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = javaScript,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(30_000);
        _contexts.Add(context);
        var tab = new Tab(await context.NewPageAsync(), home);
        _tabs.Add(tab);
        return tab;
    }

    /// <inheritdoc/>
    public virtual ValueTask InitializeAsync()
    {
        _ = Fixture.Browser;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var problems = _tabs.SelectMany(t => t.Problems).ToList();
        if (failed || problems.Count > 0)
        {
            var name = Words().Replace(TestContext.Current.Test?.TestDisplayName ?? GetType().Name, "-");
            foreach (var (tab, index) in _tabs.Select((t, i) => (t, i)))
                await tab.TryPictureAsync("failures", $"{name[..Math.Min(150, name.Length)]}-{index}.png");
        }

        foreach (var context in _contexts)
            await context.DisposeAsync();
        if (!failed)
            Check.None(problems);
    }

    [GeneratedRegex(@"[^\w.]+")]
    private static partial Regex Words();
}

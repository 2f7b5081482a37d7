using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>The README's pictures, from the demo data at a fixed moment: anew only when asked, so that a test run leaves the sources alone.</summary>
public sealed class PictureTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    private const string Variable = "DUYETBOT_TESTS_PICTURES";

    [Theory]
    [InlineData("overview", "overview", 1440, "light")]
    [InlineData("conversation", "conversation-message", 1440, "light")]
    [InlineData("trace", "trace-step", 1440, "light")]
    [InlineData("usage", "usage", 1440, "dark")]
    [InlineData("phone", "conversation", 390, "dark")]
    public async Task Picture_OfTheReadme_IsThere(string picture, string page, int width, string theme)
    {
        var file = Path.Combine(Repository.Root, "tests", "Duyetbot.Dashboard.BrowserTests", "Pictures", picture + ".png");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            var tab = await OpenTabAsync(width, theme);
            await tab.OpenAsync(Samples.PathOf(page));
            await tab.SettledAsync();
            await tab.Page.ScreenshotAsync(new() { Path = file });
        }

        Assert.True(File.Exists(file), $"The README's {picture}.png is missing: {Variable}=1 takes it.");
    }
}

using Xunit.Sdk;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>The names of <see cref="Samples.Pages"/>, as test cases.</summary>
public static class PageNames
{
    /// <summary>Every page.</summary>
    public static TheoryData<string> All { get; } = new(
        "overview", "conversations", "conversation", "conversation-message", "message", "messages", "messages-search", "traces", "trace", "trace-step", "trace-failed", "usage", "agents", "users", "user",
        "pricing", "pricing-price", "pricing-list", "quality", "data", "conversation-odd", "trace-broken", "trace-compare", "traces-histogram", "api-explorer");

    /// <summary>Every page once, without its variants, whose answers all stand in the HTML; the checks of the quality page come one by one.</summary>
    public static TheoryData<string> AtOnce { get; } = new(
        "overview", "conversations", "conversation", "conversation-message", "message", "messages", "traces", "trace", "trace-step", "usage", "agents", "users", "user",
        "pricing", "data", "trace-compare");

    /// <summary>Every page at both widths and in both themes: one page light where it is wide, the next where it is narrow.</summary>
    public static TheoryData<string, int, string> AllLooks
    {
        get
        {
            var looks = new TheoryData<string, int, string>();
            foreach (var (page, i) in All.Select((row, i) => (row.Data, i)))
            {
                looks.Add(page, 1440, i % 2 == 0 ? "light" : "dark");
                looks.Add(page, 390, i % 2 == 0 ? "dark" : "light");
            }

            return looks;
        }
    }
}

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

    /// <summary>Every page in one look: the four of them, both widths in both themes, take turns.</summary>
    public static TheoryData<string, int, string> AllLooks
    {
        get
        {
            (int Width, string Theme)[] all = [(1440, "light"), (390, "dark"), (1440, "dark"), (390, "light")];
            var looks = new TheoryData<string, int, string>();
            foreach (var (page, i) in All.Select((row, i) => (row.Data, i)))
                looks.Add(page, all[i % all.Length].Width, all[i % all.Length].Theme);
            return looks;
        }
    }
}

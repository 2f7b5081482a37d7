using Xunit.Sdk;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>The names of <see cref="Samples.Pages"/>, as test cases.</summary>
public static class PageNames
{
    /// <summary>Every page.</summary>
    public static TheoryData<string> All { get; } = new(
        "overview", "conversations", "conversation", "conversation-message", "message", "traces", "trace", "trace-step", "trace-failed", "usage", "agents", "users", "user",
        "pricing", "pricing-price", "pricing-list", "quality", "data", "conversation-odd", "trace-broken", "trace-compare", "traces-histogram");

    /// <summary>Every page in both themes at both widths.</summary>
    public static TheoryData<string, int, string> AllLooks
    {
        get
        {
            var looks = new TheoryData<string, int, string>();
            foreach (string page in All.Select(row => row.Data))
            {
                foreach (var width in new[] { 1440, 390 })
                {
                    looks.Add(page, width, "light");
                    looks.Add(page, width, "dark");
                }
            }

            return looks;
        }
    }
}

using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>What keeps people out of a page, as axe-core finds it.</summary>
public static class Axe
{
    /// <summary>Runs the rules on the page as it is now; what passes is counted, not described.</summary>
    /// <param name="page">A page of one frame.</param>
    /// <param name="options">Which rules; all of them when not given.</param>
    public static Task<AxeResult> RunAsync(IPage page, AxeRunOptions? options = null)
    {
        options ??= new AxeRunOptions();
        // A page shows thousands of nodes that pass: to describe them takes longer than all rules.
        options.ResultTypes = [ResultType.Violations];
        // The way that replaces this one asks every frame by itself and opens a page to add their answers up; ours have one frame, and it takes twice the time.
#pragma warning disable CS0618
        return page.RunAxeLegacy(context: null, options);
#pragma warning restore CS0618
    }
}

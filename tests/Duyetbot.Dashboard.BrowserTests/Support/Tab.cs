using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>A tab under watch: collects everything that must not happen on any page.</summary>
public sealed class Tab
{
    /// <summary>A function that gives the text of main without charts and without what changes by itself (free space), white space in one form.</summary>
    public const string ReadText =
        """
        () => {
          const main = document.querySelector("main")?.cloneNode(true);
          if (!main) return "none";
          for (const drawn of main.querySelectorAll(".apexcharts-canvas, style, script, [data-moment]")) drawn.remove();
          return main.textContent.replace(/\s+/g, " ").trim();
        }
        """;

    private readonly List<string> _problems = [];
    private readonly List<IRequest> _requests = [];
    private readonly Uri _home;
    private TaskCompletionSource _interactive = NewSignal();

    /// <summary>Watches a page from its first request on.</summary>
    public Tab(IPage page, Uri home)
    {
        Page = page;
        _home = home;
        page.Console += (_, message) =>
        {
            // A refused style or script is an error in the console too, and so is every answer above 399.
            if (message.Type is "error" or "warning")
                Note($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Note($"script error: {error}");
        page.RequestFailed += (_, request) =>
        {
            // Leaving a page cuts what is still under way.
            if (request.Failure is not "net::ERR_ABORTED")
                Note($"request failed: {request.Url} {request.Failure}");
        };
        page.Request += (_, request) =>
        {
            lock (_requests)
                _requests.Add(request);
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url) is var uri && (uri.Authority != _home.Authority))
                Note($"request to a foreign host: {request.Url}");
        };
        page.Dialog += (_, dialog) =>
        {
            Note($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url) is var uri && (uri.Authority != _home.Authority))
                Note($"socket to a foreign host: {socket.Url}");
            // The browser says so to the circuit when it has drawn a batch; the first one makes the page interactive.
            socket.FrameSent += (_, frame) =>
            {
                if (Encoding.Latin1.GetString(frame.Binary ?? []).Contains("OnRenderCompleted", StringComparison.Ordinal))
                    _interactive.TrySetResult();
            };
        };
    }

    /// <summary>Playwright's own page.</summary>
    public IPage Page { get; }

    /// <summary>What went wrong so far; empty on a good page.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
                return [.. _problems.Where(p => !Expected(p))];
        }
    }

    /// <summary>Words of a problem that this test provokes on purpose.</summary>
    public string? Provoked { get; set; }

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyList<IRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Path and query of the address bar.</summary>
    public string Address => new Uri(Page.Url).PathAndQuery;

    /// <summary>Finds by data-testid.</summary>
    public ILocator Id(string testId) => Page.GetByTestId(testId);

    /// <summary>Opens an address and waits until the page is interactive.</summary>
    public async Task<IResponse> OpenAsync(string path)
    {
        _interactive = NewSignal();
        var response = await Page.GotoAsync(path);
        await InteractiveAsync();
        return response ?? throw new InvalidOperationException($"No answer for {path}.");
    }

    /// <summary>Loads the address again and waits until the page is interactive.</summary>
    public async Task ReloadAsync()
    {
        _interactive = NewSignal();
        await Page.ReloadAsync();
        await InteractiveAsync();
    }

    /// <summary>Waits until the circuit has drawn the page itself: the head's outlet, which comes by itself, says nothing.</summary>
    public async Task InteractiveAsync()
    {
        await _interactive.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Page.Locator("main[data-circuit]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until path and query are as said.</summary>
    /// <remarks>Looks again and again: Playwright's own wait misses a change that comes while it begins.</remarks>
    public async Task AddressIsAsync(Func<string, bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition(Address))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"The address stayed {Address}. {string.Join("; ", Problems)}");
            await Task.Delay(25);
        }
    }

    /// <summary>What a person reads in the page's content; a chart's own labels left out, which are drawn after it.</summary>
    public Task<string> TextAsync() => Page.EvaluateAsync<string>(ReadText);

    /// <summary>Waits until everything is fetched and the charts are drawn.</summary>
    public async Task SettledAsync()
    {
        if (await Id("usage-chart").CountAsync() > 0)
            await Assertions.Expect(Page.Locator("[data-testid=usage-chart] svg").First).ToBeAttachedAsync();
        try
        {
            await Page.WaitForLoadStateAsync(LoadState.NetworkIdle, new() { Timeout = 5_000 });
        }
        catch (TimeoutException)
        {
            // Nothing on a page takes so long: the news that it is idle came while the wait began.
        }

        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>Keeps a picture of the view port in the artifacts.</summary>
    public Task PictureAsync(string folder, string name) => Page.ScreenshotAsync(new() { Path = Repository.Artifact(folder, name) });

    /// <summary>As <see cref="PictureAsync"/>, where a tab without a page must not hide the failure that it is taken for.</summary>
    public async Task TryPictureAsync(string folder, string name)
    {
        try
        {
            await PictureAsync(folder, name);
        }
        catch (PlaywrightException e)
        {
            Note($"no picture: {e.Message}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool Expected(string problem) => Provoked is { } words && problem.Contains(words, StringComparison.Ordinal);

    private void Note(string problem)
    {
        lock (_problems)
            _problems.Add($"{problem} (on {(Page.Url.StartsWith(_home.ToString(), StringComparison.Ordinal) ? Page.Url[_home.ToString().Length..] : Page.Url)})");
    }
}

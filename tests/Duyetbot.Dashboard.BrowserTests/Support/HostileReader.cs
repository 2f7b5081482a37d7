using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>A browser context of its own in which texts are shown as the product shows them; says what they did.</summary>
/// <remarks>Nothing leaves it: its own page is answered here, everything else is noted and refused.</remarks>
public sealed class HostileReader : IAsyncDisposable
{
    private const string Address = "https://reader.example/";

    // Shows each text twice, as part of the page that arrives and as Blazor inserts it later; then does to every element what a person or the browser may do.
    private const string Provoke =
        """
        async (texts) => {
          const tags = new Set("a bdi blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr li mark ol p pre span strong table tbody td th thead tr ul".split(" "));
          const attributes = new Set("class data-copy href rel start tabindex target".split(" "));
          const found = new Set();
          const later = document.createElement("div");
          document.body.append(later);
          for (const text of texts) {
            const template = document.createElement("template");
            template.innerHTML = text;
            const one = document.createElement("div");
            one.append(template.content);
            later.append(one);
          }
          const all = [...document.body.querySelectorAll("*")];
          let hosts = 0;
          for (const at of all) {
            if (!tags.has(at.localName) || at.namespaceURI !== "http://www.w3.org/1999/xhtml") found.add(`element ${at.localName}`);
            for (const { name } of at.attributes) if (!attributes.has(name)) found.add(`attribute ${name}`);
            if (at.localName !== "a") continue;
            if (!/^(https?|mailto):$/.test(at.protocol)) found.add(`link to ${at.protocol}`);
            if (at.rel !== "noopener noreferrer nofollow" || at.target !== "_blank") found.add("link that tells or takes the tab");
            if (!/^https?:$/.test(at.protocol)) continue;
            hosts++;
            const shown = at.querySelector("bdi.host:last-child")?.textContent;
            const start = `${at.protocol}//${at.hostname}`;
            const says = at.textContent.trim().toLowerCase();
            if (shown !== undefined ? shown !== ` (${at.hostname})` : !says.startsWith(start) || !["", "/", ":", "?", "#"].includes(says.charAt(start.length)))
              found.add(`link to ${at.hostname} that says ${at.textContent.slice(0, 80)}`);
          }
          document.addEventListener("click", (e) => { if (/^(https?|mailto):$/.test(e.target.closest?.("a")?.protocol ?? "")) e.preventDefault(); }, true);
          for (const at of all) {
            // A handler is an attribute; what has none is not worth fifteen events.
            if (at.localName !== "a" && at.localName !== "button" && ![...at.attributes].some((a) => !attributes.has(a.name))) continue;
            for (const name of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "click", "input", "toggle", "animationstart", "load", "error", "submit", "wheel", "scroll", "copy"]) {
              at.dispatchEvent(name === "click" ? new MouseEvent(name, { bubbles: true, cancelable: true }) : new Event(name));
            }
          }
          // What was started a moment ago comes to its end: two frames, and the tasks between them.
          for (let i = 0; i < 2; i++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          return [`links ${hosts}`, ...found];
        }
        """;

    private readonly List<string> _found = [];
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private string _html = "";

    private HostileReader(IBrowserContext context, IPage page) => (_context, _page) = (context, page);

    /// <summary>Links that lead to a host and were held against what they say.</summary>
    public int Links { get; private set; }

    /// <summary>What happened, by kind: <c>script</c>, <c>request …</c>, <c>navigation …</c>, <c>frame …</c>, <c>refused …</c>, <c>element …</c>, <c>attribute …</c>, <c>link …</c>.</summary>
    public IReadOnlyList<string> Found
    {
        get
        {
            lock (_found)
                return [.. _found];
        }
    }

    /// <summary>Opens it.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="policy">The Content-Security-Policy of its page; null for none.</param>
    public static async Task<HostileReader> OpenAsync(IBrowser browser, string? policy)
    {
        var context = await browser.NewContextAsync();
        await context.AddInitScriptAsync("globalThis.hit = () => { console.log('script ran'); };");
        var reader = new HostileReader(context, await context.NewPageAsync());
        await context.RouteAsync("**/*", async route =>
        {
            if (route.Request.Url == Address && route.Request.IsNavigationRequest && route.Request.Frame == reader._page.MainFrame)
            {
                await route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Headers = policy is null ? [] : new Dictionary<string, string> { ["Content-Security-Policy"] = policy }, Body = reader._html });
                return;
            }

            reader.Note($"{(route.Request.IsNavigationRequest ? "navigation" : "request")} {route.Request.Url}");
            await route.AbortAsync();
        });
        context.Console += (_, message) => reader.Note(message.Text == "script ran" ? "script" : $"refused {message.Text}");
        context.Page += (_, page) => reader.Note($"navigation to a new tab {page.Url}");
        reader._page.FrameAttached += (_, frame) => reader.Note($"frame {frame.Url}");
        reader._page.Dialog += (_, dialog) =>
        {
            reader.Note("script with a dialog");
            _ = dialog.DismissAsync();
        };
        return reader;
    }

    /// <summary>Shows texts and provokes them.</summary>
    /// <param name="html">Each as the product gives it.</param>
    /// <param name="inPage">False to insert them only: text that is not balanced would swallow the rest of the page.</param>
    public async Task ShowAsync(IReadOnlyList<string> html, bool inPage = true)
    {
        _html = $"<!doctype html><html><head><title>x</title></head><body>{(inPage ? string.Concat(html.Select(h => $"<div>{h}</div>")) : "")}</body></html>";
        try
        {
            await _page.GotoAsync(Address);
            foreach (var line in await _page.EvaluateAsync<string[]>(Provoke, html))
            {
                if (line.StartsWith("links ", StringComparison.Ordinal))
                    Links += int.Parse(line["links ".Length..]);
                else
                    Note(line);
            }
        }
        catch (PlaywrightException e)
        {
            Note($"navigation away: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(string what)
    {
        lock (_found)
            _found.Add(what);
    }
}

using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Shared;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>A conversation of 800 messages is one page to scroll, of which the browser holds a part.</summary>
public sealed class LongConversationTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    // The first message of which a part can be seen, and how far its top lies below the log's.
    private const string Seen =
        """
        () => {
          const log = document.querySelector("main .log");
          const top = log.getBoundingClientRect().top;
          const first = [...log.querySelectorAll("[data-message-id]")].find((m) => m.getBoundingClientRect().bottom > top + 1);
          return [+first.dataset.messageId.split("-")[1], Math.round(first.getBoundingClientRect().top - top)];
        }
        """;

    [Fact]
    public async Task Scrolled_ToItsEnd_ShowsEveryMessageInOrderAndKeepsAPart()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Conversation(Samples.LongConversationId));

        var seen = await tab.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const log = document.querySelector("main .log");
              const seen = new Set();
              let most = 0;
              for (let turn = 0; turn < 2000 && !seen.has(800); turn++) {
                const { top, bottom } = log.getBoundingClientRect();
                const all = [...log.querySelectorAll("[data-message-id]")];
                most = Math.max(most, all.length);
                for (const message of all) {
                  const box = message.getBoundingClientRect();
                  if (box.bottom > top && box.top < bottom) seen.add(+message.dataset.messageId.split("-")[1]);
                }
                log.scrollTop += log.clientHeight / 2;
                await new Promise((drawn) => setTimeout(drawn, 15));
              }
              return [most, ...seen];
            }
            """);

        // In the order in which they came into view, none left out and none twice.
        Assert.Equal(Enumerable.Range(1, Samples.LongConversationLength), seen.Skip(1));
        Assert.InRange(seen[0], 200, 700);
        await Assertions.Expect(tab.Page.GetByText("of 800")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DeepLink_IntoTheMiddle_StaysWhereItIsWhileMoreComesAbove()
    {
        var tab = await OpenTabAsync();
        await tab.OpenAsync(Urls.Conversation(Samples.LongConversationId, "long-400"));
        await Assertions.Expect(tab.Page.Locator("[data-message-id=long-400]")).ToBeInViewportAsync();
        await Assertions.Expect(tab.Page.Locator("[data-message-id=long-350]")).ToBeAttachedAsync();

        // At the very top the browser itself keeps no place.
        await tab.Page.EvaluateAsync("() => { document.querySelector('main .log').scrollTop = 0; }");
        var first = await tab.Page.EvaluateAsync<int[]>(Seen);
        var message = tab.Page.Locator($"[data-message-id=long-{first[0]}]");
        var before = await message.BoundingBoxAsync();
        await Assertions.Expect(tab.Page.Locator($"[data-message-id=long-{first[0] - 100}]")).ToBeAttachedAsync();
        Assert.Equal(before!.Y, (await message.BoundingBoxAsync())!.Y, 2.0);

        // By hand: the address follows.
        await tab.Page.Locator("main .log").HoverAsync();
        await tab.Page.Mouse.WheelAsync(0, 777);
        await tab.AddressIsAsync(a => a.Contains("at=long-", StringComparison.Ordinal));
        await tab.SettledAsync();
        var place = await tab.Page.EvaluateAsync<int[]>(Seen);
        await tab.AddressIsAsync(a => a.EndsWith($"at=long-{place[0]}", StringComparison.Ordinal));
        await tab.ReloadAsync();
        await tab.SettledAsync();
        Assert.Equal(place[0], (await tab.Page.EvaluateAsync<int[]>(Seen))[0]);

        // Another page and back: to the pixel.
        place = await tab.Page.EvaluateAsync<int[]>(Seen);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Usage" }).First.ClickAsync();
        await Assertions.Expect(tab.Id("usage-table")).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.Locator($"[data-message-id=long-{place[0] - 20}]")).ToBeAttachedAsync();
        await tab.SettledAsync();
        Assert.Equal(place, await tab.Page.EvaluateAsync<int[]>(Seen));
    }
}

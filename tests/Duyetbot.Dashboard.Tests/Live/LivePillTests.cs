using Bunit;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared.Components;
using Duyetbot.Dashboard.Shared.Live;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Tests.Live;

/// <summary>The pill with a real watcher on a real file.</summary>
public sealed class LivePillTests : BunitContext
{
    private readonly TestDatabase _database = new();
    private readonly DataWatcher _watcher;
    private readonly LiveSwitch _switch = new();
    private int _new;

    public LivePillTests()
    {
        _watcher = new DataWatcher(_database.File, TimeProvider.System, NullLogger<DataWatcher>.Instance);
        Services.AddSingleton(_watcher);
        Services.AddSingleton(_switch);
        Services.AddSingleton(TimeProvider.System);
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pill_AfterACommit_CountsAndLoadsWhenPressed()
    {
        var loaded = 0;
        await _watcher.StartAsync(Token);
        var pill = Pill(p => p.Add(x => x.OnLoad, () => loaded++));
        Assert.Empty(pill.FindAll("button"));

        _new = 12;
        _database.GivenMessage();

        await pill.WaitForAssertionAsync(() => Assert.Equal("12 new", pill.Find("[data-testid=new-pill]").TextContent), TimeSpan.FromSeconds(10));
        Assert.Equal("12 new messages", pill.Find("[role=status]").TextContent);
        Assert.Equal(0, loaded);
        await pill.Find("button").ClickAsync(new());
        Assert.Equal(1, loaded);
    }

    [Fact]
    public async Task Pill_OfMoreThanTheBound_SaysSo()
    {
        _new = SeenRows.Most + 1;
        await _watcher.StartAsync(Token);

        var pill = Pill();

        await pill.WaitForAssertionAsync(() => Assert.Equal("500+ new", pill.Find("button").TextContent), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Pill_OnALaterPage_IsALinkToTheFirst()
    {
        _new = 2;
        await _watcher.StartAsync(Token);

        var pill = Pill(p => p.Add(x => x.Href, "/messages?role=user"));

        await pill.WaitForAssertionAsync(() => Assert.Equal("2 new", pill.Find("a[data-testid=new-pill]").TextContent), TimeSpan.FromSeconds(10));
        Assert.Equal(("/messages?role=user", "2 new messages: to the first page"), (pill.Find("a").GetAttribute("href"), pill.Find("a").GetAttribute("title")));
        Assert.Empty(pill.FindAll("button"));
    }

    [Fact]
    public async Task Pill_OfFigures_SaysThatThereIsNewDataAndNoCount()
    {
        _new = 1;
        await _watcher.StartAsync(Token);

        var pill = Pill(p => p.Add(x => x.Name, "New data"));

        await pill.WaitForAssertionAsync(() => Assert.Equal("New data", pill.Find("button[data-testid=new-pill]").TextContent), TimeSpan.FromSeconds(10));
        Assert.Equal("New data", pill.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Pill_PausedOrHidden_FollowsNothingAndCatchesUp()
    {
        await _watcher.StartAsync(Token);
        var pill = Pill();
        Assert.Equal(1, _watcher.Followers);

        await pill.InvokeAsync(() => _switch.Set(true));
        await pill.WaitForAssertionAsync(() => Assert.Equal(0, _watcher.Followers));
        await pill.InvokeAsync(() => _switch.Set(false));
        await pill.WaitForAssertionAsync(() => Assert.Equal(1, _watcher.Followers));
        await pill.Find("[data-live-shown]").ChangeAsync(new() { Value = false });
        Assert.Equal(0, _watcher.Followers);

        _new = 3;
        await pill.Find("[data-live-shown]").ChangeAsync(new() { Value = true });

        await pill.WaitForAssertionAsync(() => Assert.Equal("3 new", pill.Find("button").TextContent), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Pill_OfAListReadAnew_IsGone()
    {
        _new = 2;
        await _watcher.StartAsync(Token);
        var pill = Pill();
        await pill.WaitForAssertionAsync(() => Assert.NotEmpty(pill.FindAll("button")), TimeSpan.FromSeconds(10));

        _new = 0;
        pill.Render(p => p.Add(x => x.Seen, new object()));

        Assert.Empty(pill.FindAll("button"));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Assert.Equal(0, _watcher.Followers);
        await _watcher.StopAsync(CancellationToken.None);
        _watcher.Dispose();
        _database.Dispose();
    }

    private IRenderedComponent<LivePill> Pill(Action<ComponentParameterCollectionBuilder<LivePill>>? more = null) => Render<LivePill>(p =>
    {
        p.Add(x => x.Seen, this).Add(x => x.Count, _ => Task.FromResult(_new)).Add(x => x.Noun, "message");
        more?.Invoke(p);
    });
}

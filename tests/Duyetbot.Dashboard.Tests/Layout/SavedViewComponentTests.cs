using Bunit;
using Duyetbot.Dashboard.Data.Views;
using Duyetbot.Dashboard.Layout;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Layout;

/// <summary>Naming, renaming and deleting a filter, on a real file.</summary>
public sealed class SavedViewComponentTests : BunitContext
{
    private readonly TestDatabase _database = new();
    private readonly SavedViewStore _store;

    public SavedViewComponentTests()
    {
        _store = new SavedViewStore(_database.Database, TimeProvider.System);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(_store);
        Services.AddSingleton(new DashboardOptions { TimeZone = DateTimeZone.Utc });
        SetRendererInfo(new RendererInfo("Server", true));
    }

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Menu_NameGiven_KeepsTheFilterOfTheAddress()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/traces?status=error&range=24h&rows=200");
        var menu = Render<ViewMenu>(p => p.AddCascadingValue(new SavedViews(_store)));

        await menu.Find("input").InputAsync(new() { Value = "  Failed today " });
        await menu.Find("form").SubmitAsync();

        var view = Assert.Single(await _store.ListAsync(Token));
        Assert.Equal(("/traces", "Failed today", "/traces?range=24h&status=error"), (view.Page, view.Name, view.Url));
        Assert.Contains("Saved as", Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Menu_EmptyName_IsRefusedWithTheReason()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/users");
        var menu = Render<ViewMenu>(p => p.AddCascadingValue(new SavedViews(_store)));

        await menu.Find("form").SubmitAsync();

        Assert.Equal("A view needs a name.", menu.Find("[role=alert]").TextContent);
        Assert.Empty(await _store.ListAsync(Token));
    }

    [Fact]
    public void Menu_OnAPageWithoutAFilter_IsNotThere()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/pricing");

        Assert.Empty(Render<ViewMenu>().FindAll("details"));
    }

    [Fact]
    public async Task List_PencilPressed_RenamesAndDeletesInPlace()
    {
        var view = await _store.AddAsync("/usage", "Cost", "range=7d", Token);
        await _store.AddAsync("/usage", "Taken", "", Token);
        var list = Render<ViewList>(p => p.Add(l => l.Items, [view]));
        Assert.Equal("/usage?range=7d", list.Find("a").GetAttribute("href"));

        await list.Find("button[aria-label='Rename or delete Cost']").ClickAsync(new());
        await list.Find("input").InputAsync(new() { Value = "taken" });
        await list.Find("form").SubmitAsync();
        Assert.Contains("already", list.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        await list.Find("input").InputAsync(new() { Value = "Cost of the week" });
        await list.Find("form").SubmitAsync();
        Assert.Equal(["Cost of the week", "Taken"], (await _store.ListAsync(Token)).Select(v => v.Name));

        await list.Find("button[aria-label^='Rename or delete']").ClickAsync(new());
        await list.FindAll("button").Single(b => b.TextContent == "Delete").ClickAsync(new());
        Assert.Equal(["Taken"], (await _store.ListAsync(Token)).Select(v => v.Name));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _database.Dispose();
    }
}

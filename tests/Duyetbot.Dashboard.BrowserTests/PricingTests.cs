using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>A price is added, refused, changed and deleted by keyboard, and its costs follow; on a phone the page is behind More.</summary>
public sealed class PricingTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Price_ByKeyboard_IsAddedRefusedAndDeleted()
    {
        using var database = new TestDatabase();
        database.GivenMessage(input: 1_000_000, output: 0, model: "vendor/new-model:beta", at: TestDatabase.Now - 3_600_000);
        await using var server = await DashboardFixture.ServeAsync(database);
        var tab = await OpenTabAsync(server: server);
        await tab.OpenAsync("/conversations");

        // From the cost that is not known to the form of its model.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "no price" }).First.ClickAsync();
        var form = tab.Id("price-form");
        await Assertions.Expect(form.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("vendor/new-model:beta");
        await form.GetByLabel("Model", new() { Exact = true }).FillAsync("new-model");
        await form.GetByLabel("Provider").FillAsync("vendor");
        await form.GetByLabel("Input", new() { Exact = true }).FillAsync("-3");
        await form.GetByLabel("Output", new() { Exact = true }).FillAsync("15");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(form.GetByText("Input is negative")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Id("price-row")).ToHaveCountAsync(0);

        await form.GetByLabel("Input", new() { Exact = true }).FillAsync("3");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Id("price-row")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.GetByText("Added; every cost follows at once.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Id("unpriced-panel")).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Id("cost-comparison").Locator("tfoot")).ToContainTextAsync("$3.00");
        await tab.AddressIsAsync(a => a == "/pricing?price=1");

        // A second one of the same model is refused, whoever asks it.
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Add price" }).ClickAsync();
        // The form of the price that was open gives way to an empty one.
        await Assertions.Expect(form.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("");
        await form.GetByLabel("Model", new() { Exact = true }).FillAsync("new-model");
        await form.GetByLabel("Provider").FillAsync("another");
        await form.GetByLabel("Input", new() { Exact = true }).FillAsync("4");
        await form.GetByLabel("Output", new() { Exact = true }).FillAsync("15");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("A model has one price at a time");
        await Assertions.Expect(tab.Id("price-row")).ToHaveCountAsync(1);

        // Deleted only after a question.
        await tab.Id("price-row").GetByRole(AriaRole.Link).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("1,000,000 tokens");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete price" }).PressAsync("Enter");
        await Assertions.Expect(tab.Id("price-row")).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Id("unpriced-panel")).ToContainTextAsync("vendor/new-model:beta");
        await tab.AddressIsAsync(a => a == "/pricing");
        // Before its server goes.
        await tab.Page.CloseAsync();
    }

    [Fact]
    public async Task Phone_PagesBeyondFour_AreBehindMore()
    {
        var tab = await OpenTabAsync(390);
        await tab.OpenAsync("/usage");
        var bar = tab.Page.Locator("nav.tabbar");

        await Assertions.Expect(bar.Locator("> *")).ToHaveCountAsync(5);
        await bar.GetByText("More").ClickAsync();
        await bar.GetByRole(AriaRole.Link, new() { Name = "Pricing" }).ClickAsync();

        await Assertions.Expect(tab.Id("price-table")).ToBeVisibleAsync();
        await Assertions.Expect(bar.GetByRole(AriaRole.Link, new() { Name = "Pricing" })).ToBeHiddenAsync();
    }
}

using System.Text;
using Dapper;
using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Playwright;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>A file is chosen, tried, found again after a reload, and imported, on a phone and by keyboard.</summary>
public sealed class DataTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    private const string Dump = "INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES('telegram:1:1', 1, 'user', 'one', 1000), ('telegram:1:1', 2, 'robot', 'refused', 2000);\n";

    [Fact]
    public async Task File_Chosen_IsTriedFoundAgainAndImported()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(database.File);
        var tab = await OpenTabAsync(390, server: server);
        await tab.OpenAsync("/data");

        await tab.Page.GetByLabel("File to import").SetInputFilesAsync(new FilePayload { Name = "export.sql", MimeType = "application/sql", Buffer = Encoding.UTF8.GetBytes(Dump) });
        await Assertions.Expect(tab.Id("import-rejected")).ToContainTextAsync("chat_messages row 2");
        Assert.Equal(0, Count());

        await tab.ReloadAsync();
        var go = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Import 1 row" });
        await Assertions.Expect(go).ToBeVisibleAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.querySelector('main').scrollWidth <= innerWidth"));
        await go.PressAsync("Enter");

        await Assertions.Expect(tab.Id("import-outcome")).ToContainTextAsync("export.sql is imported.");
        await Assertions.Expect(tab.Id("row-count").Filter(new() { HasText = "1 row" })).ToHaveCountAsync(1);
        Assert.Equal(1, Count());
        await tab.Page.CloseAsync();

        long Count() => database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages");
    }
}

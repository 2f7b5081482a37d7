using System.Net;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests;

public sealed class ServerTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/css/tokens.css")]
    [InlineData("/_content/ApexCharts.Blazor/apexcharts.esm.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    public async Task Server_Started_AnswersWithContent(string path)
    {
        await using var server = await TestServer.StartAsync(_database.File);

        using var response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _database.Dispose();
}

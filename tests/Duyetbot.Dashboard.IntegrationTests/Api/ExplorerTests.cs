using System.Net;
using System.Text;
using Duyetbot.Dashboard.Features.Explorer;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.IntegrationTests.Api;

/// <summary>The explorer page shows every operation, and what it proposes works.</summary>
public sealed class ExplorerTests(DescribedProduct product) : IClassFixture<DescribedProduct>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<ApiEntry> Entries => ApiListing.From(product.Server.Endpoints).SelectMany(g => g);

    [Fact]
    public async Task Page_ForEachOperation_ShowsItsParametersAndCommand()
    {
        Assert.Equal(product.Operations.Select(o => o.ToString()).Order(), Entries.Select(e => $"{e.Method} {e.Path}").Order());
        foreach (var entry in Entries)
        {
            var page = WebUtility.HtmlDecode(await product.Server.Client.GetStringAsync($"/api-explorer?operation={entry.Id}", Token));

            Assert.Contains($">{entry.Operation.Summary}<", page, StringComparison.Ordinal);
            Assert.All(entry.Operation.Parameters, p => Assert.Contains($">{p.Name}<", page, StringComparison.Ordinal));
            Assert.Contains("Authorization: Bearer $KEY", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Page_ForAnOperationThatIsNotThere_SaysSo() =>
        Assert.Contains("is no operation of the API", WebUtility.HtmlDecode(await product.Server.Client.GetStringAsync("/api-explorer?operation=get_nothing", Token)), StringComparison.Ordinal);

    [Fact]
    public async Task Bodies_Proposed_AreAccepted()
    {
        foreach (var entry in Entries.Where(e => e.Operation.Body is not null))
        {
            var path = product.Ids.Aggregate(entry.Path, (text, id) => text.Replace($"{{{id.Key}}}", Uri.EscapeDataString(id.Value), StringComparison.Ordinal));
            using var request = new HttpRequestMessage(new HttpMethod(entry.Method), path) { Content = new StringContent(ApiExample.Of(entry.Operation.Body!), Encoding.UTF8, "application/json") };
            using var answer = await product.Server.Client.SendAsync(request, Token);

            Assert.True((int)answer.StatusCode == entry.Operation.Status, $"{entry.Method} {path}: {await answer.Content.ReadAsStringAsync(Token)}");
            // A price that was made would stand in the way of the next body, which proposes the same.
            if (answer.Headers.Location is { } made)
                Assert.True((await product.Server.Client.DeleteAsync(made, Token)).IsSuccessStatusCode);
        }
    }
}

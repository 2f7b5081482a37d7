using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>What keeps the data and who may reach it, a panel each.</summary>
public sealed partial class DataPage
{
    private Loader<IReadOnlyList<ApiKey>> _keys = null!;

    [Inject]
    private ApiKeys Keys { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _keys = Ask<IReadOnlyList<ApiKey>>("keys", () => 0, async t => await Keys.ListAsync(t));

    private async Task<string> CreateKeyAsync(string name, IReadOnlyCollection<string> scopes)
    {
        var text = await Keys.CreateAsync(name, scopes, CancellationToken.None);
        await _keys.RetryAsync();
        return text;
    }

    private async Task RevokeKeyAsync(long id)
    {
        await Keys.RevokeAsync(id, CancellationToken.None);
        await _keys.RetryAsync();
    }
}

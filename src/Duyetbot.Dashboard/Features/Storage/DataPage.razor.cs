using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>What keeps the data and who may reach it, a panel each.</summary>
public sealed partial class DataPage
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _gone = new();
    private Loader<StorageReport> _report = null!;
    private Loader<DerivedReport> _derived = null!;
    private Loader<IReadOnlyList<ApiKey>> _keys = null!;
    private ImportStage _seen;

    [Inject]
    private StorageQueries Queries { get; set; } = null!;

    [Inject]
    private ImportJob Import { get; set; } = null!;

    [Inject]
    private VerifyJob Verify { get; set; } = null!;

    [Inject]
    private ApiKeys Keys { get; set; } = null!;

    /// <inheritdoc/>
    protected override MessageFilter Watched => new() { Archived = null };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _report = Ask<StorageReport>("storage", () => 0, async t => await Queries.GetReportAsync(t));
        _derived = Ask<DerivedReport>("derived", () => 0, async t => await Queries.GetDerivedAsync(t));
        _keys = Ask<IReadOnlyList<ApiKey>>("keys", () => 0, async t => await Keys.ListAsync(t));
        _seen = Import.State.Stage;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        Import.Changed += OnImportChanged;
        Verify.Changed += OnVerifyChanged;
        _ = FollowAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Import.Changed -= OnImportChanged;
        Verify.Changed -= OnVerifyChanged;
        _gone.Cancel();
        _gone.Dispose();
        base.Dispose(disposing);
    }

    private void OnVerifyChanged() => _ = InvokeAsync(StateHasChanged);

    private void OnImportChanged() => _ = InvokeAsync(async () =>
    {
        var now = Import.State.Stage;
        var isDone = now == ImportStage.Done && _seen != now;
        _seen = now;
        StateHasChanged();
        if (isDone)
            await Task.WhenAll(_report.RetryAsync(), _derived.RetryAsync());
    });

    // What is stale becomes fresh by itself.
    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                if (_derived.Value is { IsFresh: false })
                    await InvokeAsync(_derived.RetryAsync);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

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

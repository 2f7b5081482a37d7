using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Shared.Components;

/// <summary>Calls back when the database may hold something new, once at a time, never while the tab is hidden or paused.</summary>
/// <remarks>After a look it rests nine times as long as the look took, five seconds at most: where a look is dear, following takes a tenth of one reader's time.</remarks>
public sealed partial class LiveWatch : IDisposable
{
    private const int RestsPerLook = 9;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private object? _key;
    private bool _isDrawn;
    private bool _isHidden;
    private bool _isLooking;
    private bool _looksAgain;

    /// <summary>Looks at what may have changed.</summary>
    [Parameter, EditorRequired]
    public Func<CancellationToken, Task> OnLook { get; set; } = null!;

    /// <summary>What is compared with; another one is looked at at once, because something may have come while it was read.</summary>
    [Parameter]
    public object? Key { get; set; }

    [Inject]
    private DataWatcher Watcher { get; set; } = null!;

    [Inject]
    private LiveSwitch Switch { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Switch.Changed -= Pass;
        _following?.Dispose();
        _following = null;
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Switch.Changed += Pass;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Equals(_key, Key))
            return;
        _key = Key;
        if (_following is not null)
            Look();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        _isDrawn = true;
        FollowOrRest();
    }

    private void SetShown(ChangeEventArgs e)
    {
        _isHidden = e.Value is false;
        FollowOrRest();
    }

    private void Pass() => _ = InvokeAsync(FollowOrRest);

    private void FollowOrRest()
    {
        var follows = _isDrawn && !_isHidden && !Switch.IsPaused && !_gone.IsCancellationRequested;
        if (follows && _following is null)
        {
            _following = Watcher.Follow(Look);
        }
        else if (!follows)
        {
            _following?.Dispose();
            _following = null;
        }
    }

    private void Look() => _ = InvokeAsync(LookAsync);

    private async Task LookAsync()
    {
        _looksAgain = true;
        if (_isLooking)
            return;
        _isLooking = true;
        try
        {
            while (_looksAgain && _following is not null)
            {
                _looksAgain = false;
                var began = Time.GetTimestamp();
                await OnLook(_gone.Token);
                var rest = Time.GetElapsedTime(began) * RestsPerLook;
                if (rest > ShortestRest)
                    await Task.Delay(rest < LongestRest ? rest : LongestRest, Time, _gone.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or QueryTimeoutException or SqliteException)
        {
            // The next commit brings the next look; what is shown stays as it is.
        }
        finally
        {
            _isLooking = false;
        }
    }
}

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>Work that goes on without the page that began it, one run at a time; every page sees how far it is.</summary>
/// <typeparam name="TState">What is seen of it.</typeparam>
/// <param name="idle">The state before anything ran.</param>
public abstract class BackgroundJob<TState>(TState idle) : IHostedService, IDisposable
    where TState : class
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly Lock _lock = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private TState _state = idle;
    private long _told;

    /// <summary>Raised on any thread when the state has changed; while it works a few times a second at most.</summary>
    public event Action? Changed;

    /// <summary>How it stands.</summary>
    public TState State => Volatile.Read(ref _state);

    /// <summary>Cancelled when the run is to end.</summary>
    protected CancellationToken Stopping => _stop.Token;

    /// <summary>Asks a run to end; its state says when it has ended.</summary>
    public async Task CancelAsync()
    {
        TryChange(WithStopping);
        await _stop.CancelAsync();
    }

    /// <inheritdoc/>
    public virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the run and waits for it.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The state that says that a run is being stopped; null where none runs.</summary>
    protected abstract TState? WithStopping(TState state);

    /// <summary>Begins a run by a change of the state; false, and nothing changes, where the change gives null.</summary>
    protected bool TryBegin(Func<TState, TState?> change)
    {
        lock (_lock)
        {
            if (change(_state) is not { } next)
                return false;
            _state = next;
            _stop = new CancellationTokenSource();
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Does the run's work in the background.</summary>
    protected void Run(Func<Task> work) => _running = Task.Run(work);

    /// <summary>Changes the state and says so; false where the change gives null.</summary>
    protected bool TryChange(Func<TState, TState?> change)
    {
        lock (_lock)
        {
            if (change(_state) is not { } next)
                return false;
            _state = next;
        }

        Changed?.Invoke();
        return true;
    }

    /// <summary>Changes the state for progress, and says so not too often.</summary>
    protected void Tell(Func<TState, TState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
            var now = Environment.TickCount64;
            if (now - _told < Pace.TotalMilliseconds)
                return;
            _told = now;
        }

        Changed?.Invoke();
    }

    /// <summary>Lets go of what a run holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }
}

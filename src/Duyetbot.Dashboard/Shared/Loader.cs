namespace Duyetbot.Dashboard.Shared;

/// <summary>The state of one question that a page asks: its answer, its failure, whether a new answer is under way.</summary>
public abstract class Loader
{
    /// <summary>True while an answer is under way; an older one may still be shown, dimmed.</summary>
    public bool IsLoading { get; private protected set; }

    /// <summary>Why the last question failed, or null.</summary>
    public Exception? Failure { get; private protected set; }

    /// <summary>Asks the same question again, for a "Try again" button.</summary>
    public abstract Task RetryAsync();

    internal abstract string Name { get; }

    internal abstract Task RefreshAsync();

    internal abstract Task AskAgainAsync();

    internal abstract bool TryTakeFrom(PrerenderHandoff handoff, string? ticket);

    internal abstract string? PutInto(PrerenderHandoff handoff);

    internal abstract void Cancel();
}

/// <summary>A question whose answer is a <typeparamref name="T"/>; asked once per key, the last ask wins and cancels the one before.</summary>
public sealed class Loader<T> : Loader
    where T : class
{
    private readonly Func<object?> _key;
    private readonly Func<CancellationToken, Task<T?>> _ask;
    private readonly Func<Task> _changed;
    private object? _askedKey;
    private bool _asked;
    private CancellationTokenSource? _running;

    internal Loader(string name, Func<object?> key, Func<CancellationToken, Task<T?>> ask, Func<Task> changed)
    {
        Name = name;
        _key = key;
        _ask = ask;
        _changed = changed;
    }

    /// <summary>The last answer, or null before the first and where nothing was found.</summary>
    public T? Value { get; private set; }

    /// <summary>True once an answer has come, also an empty one.</summary>
    public bool HasAnswer { get; private set; }

    internal override string Name { get; }

    /// <inheritdoc/>
    public override Task RetryAsync() => AskAsync(_askedKey);

    /// <summary>Replaces the answer with a longer or corrected one that the page made of it.</summary>
    public void Set(T value) => Value = value;

    /// <summary>Asks behind what is shown, which stays whatever comes: for a page that decides by itself what of a newer answer to show.</summary>
    /// <returns>The answer; null where there is none, or where something else is being asked by now.</returns>
    public async Task<T?> PeekAsync(CancellationToken token)
    {
        var key = _key();
        var value = await _ask(token);
        return IsLoading || !Equals(key, _key()) ? null : value;
    }

    internal override Task RefreshAsync()
    {
        var key = _key();
        return _asked && Equals(key, _askedKey) ? Task.CompletedTask : AskAsync(key);
    }

    internal override Task AskAgainAsync() => AskAsync(_key());

    internal override bool TryTakeFrom(PrerenderHandoff handoff, string? ticket)
    {
        if (!handoff.TryTake<Answer>(ticket, out var answer))
            return false;
        Value = answer.Value;
        HasAnswer = true;
        _asked = true;
        _askedKey = _key();
        return true;
    }

    internal override string? PutInto(PrerenderHandoff handoff) => HasAnswer ? handoff.Put(new Answer(Value)) : null;

    internal override void Cancel() => _running?.Cancel();

    private async Task AskAsync(object? key)
    {
        _running?.Cancel();
        var mine = _running = new CancellationTokenSource();
        _asked = true;
        _askedKey = key;
        IsLoading = true;
        Failure = null;
        try
        {
            var pending = _ask(mine.Token);
            if (!pending.IsCompleted)
                await _changed();
            var value = await pending;
            if (mine.IsCancellationRequested)
                return;
            Value = value;
            HasAnswer = true;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // Shown in the panel's own frame: one failed panel never blanks the page.
            Failure = e;
        }
        finally
        {
            if (ReferenceEquals(_running, mine))
            {
                _running = null;
                IsLoading = false;
            }

            mine.Dispose();
        }

        await _changed();
    }

    private sealed record Answer(T? Value);
}

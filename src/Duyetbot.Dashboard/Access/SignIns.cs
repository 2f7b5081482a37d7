using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Duyetbot.Dashboard.Access;

/// <summary>Which sign-ins hold, and who wants to know when one ends: open circuits and their connections.</summary>
public sealed class SignIns(AccessOptions options, SignInToken token, EndedSignInStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Watch, SignIn> _watches = new();
    private readonly Lock _gate = new();
    private bool _loaded;

    /// <summary>A new sign-in that holds from now on.</summary>
    /// <param name="name">Who it is; null with a token.</param>
    public SignIn Begin(string? name = null) =>
        new(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), Stamp, time.GetUtcNow() + options.Lifetime, name);

    /// <summary>False where it was ended, has expired, or was made under another token or provider.</summary>
    public bool Holds(SignIn signIn)
    {
        LoadOnce();
        return signIn.Stamp == Stamp && signIn.ExpiresAt > time.GetUtcNow() && !_ended.ContainsKey(signIn.Id);
    }

    /// <summary>Ends it for good, also after a restart; whoever watches it is told by <see cref="Tell"/>.</summary>
    public async Task EndAsync(SignIn signIn, CancellationToken cancellationToken)
    {
        _ended[signIn.Id] = signIn.ExpiresAt;
        await store.AddAsync(signIn.Id, signIn.ExpiresAt, cancellationToken);
    }

    /// <summary>Tells once when the sign-in ends, at once where it has ended already, and whether the person ended it. Dispose to stop watching.</summary>
    public IDisposable OnEnd(SignIn signIn, Action<bool> ended)
    {
        var watch = new Watch(this, () => ended(_ended.ContainsKey(signIn.Id)));
        _watches[watch] = signIn;
        watch.StartTimer(time, signIn.ExpiresAt - time.GetUtcNow());
        if (!Holds(signIn))
            watch.Fire();
        return watch;
    }

    /// <summary>Tells whose sign-in has ended.</summary>
    internal void Tell()
    {
        foreach (var (watch, signIn) in _watches)
        {
            if (!Holds(signIn))
                watch.Fire();
        }
    }

    /// <summary>Looks whether the token has changed, and tells whose sign-in that ends.</summary>
    internal void Refresh()
    {
        if (options.Mode == AuthMode.Token)
            token.Refresh();
        Tell();
        foreach (var (id, expires) in _ended)
        {
            if (expires < time.GetUtcNow())
                _ended.TryRemove(id, out _);
        }
    }

    private string Stamp => options.Stamp(options.Mode == AuthMode.Token ? token.Current : null);

    private void LoadOnce()
    {
        if (_loaded)
            return;
        lock (_gate)
        {
            if (_loaded)
                return;
            foreach (var (id, expires) in store.Load())
                _ended.TryAdd(id, expires);
            _loaded = true;
        }
    }

    private sealed class Watch(SignIns owner, Action ended) : IDisposable
    {
        private ITimer? _timer;
        private int _fired;

        public void StartTimer(TimeProvider time, TimeSpan due) =>
            _timer = time.CreateTimer(static w => ((Watch)w!).Fire(), this, due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        public void Fire()
        {
            if (Interlocked.Exchange(ref _fired, 1) != 0)
                return;
            Forget();
            ended();
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _fired, 1);
            Forget();
        }

        private void Forget()
        {
            owner._watches.TryRemove(this, out _);
            _timer?.Dispose();
        }
    }
}

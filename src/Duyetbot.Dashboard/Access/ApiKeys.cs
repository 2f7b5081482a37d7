using System.Collections.Concurrent;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Access;

/// <summary>The API keys in force, of the configuration and of the Data page; a revoked one is refused at once.</summary>
/// <remarks>The table is read at most every few seconds, in case another process serves the same file. Uses are counted in memory and written by the minute.</remarks>
public sealed class ApiKeys(AccessOptions options, ApiKeyStore store, TimeProvider time)
{
    private const int MaxNameLength = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, long> _uses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);
    private volatile Snapshot? _snapshot;
    private int _version;

    /// <summary>Every key, those of the configuration last.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Concat(options.Keys).Select(k => _uses.TryGetValue(k.Sha256, out var used) && used > (k.LastUsedAt ?? 0) ? k with { LastUsedAt = used } : k)];

    /// <summary>Makes a key and returns its text, which is kept nowhere.</summary>
    /// <exception cref="InvalidParameterException">The name or the scopes are wrong.</exception>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public async Task<string> CreateAsync(string name, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            throw new InvalidParameterException("name", name.Length == 0 ? "is empty; say who will use the key." : $"is longer than {MaxNameLength} characters or holds control characters.");
        var known = ApiScopes.All.Select(s => s.Name).Where(scopes.Contains).ToList();
        if (known.Count == 0 || known.Count != scopes.Count)
            throw new InvalidParameterException("scopes", $"are some of {string.Join(", ", ApiScopes.All.Select(s => s.Name))}, one at least.");
        if ((await ListAsync(cancellationToken)).Any(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidParameterException("name", $"\"{name}\" is another key's already.");
        var text = ApiKey.NewText();
        await store.AddAsync(name, ApiKey.HashOf(text), known, cancellationToken);
        Interlocked.Increment(ref _version);
        return text;
    }

    /// <summary>Revokes a key; false where there is none of that id.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public async Task<bool> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        var revoked = await store.DeleteAsync(id, cancellationToken);
        Interlocked.Increment(ref _version);
        return revoked;
    }

    /// <summary>The key with this text, whose use is counted; null where it is unknown or revoked.</summary>
    internal async Task<ApiKey?> FindAsync(string text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var version = Volatile.Read(ref _version);
        var snapshot = _snapshot;
        if (snapshot is null || snapshot.Version != version || now - snapshot.ReadAt > Fresh)
        {
            var keys = new Dictionary<string, ApiKey>(StringComparer.Ordinal);
            foreach (var key in (await store.ListAsync(cancellationToken)).Concat(options.Keys))
                keys[key.Sha256] = key;
            // Of the version from before the read: a key that is revoked meanwhile makes the next request read again.
            _snapshot = snapshot = new Snapshot(version, now, keys);
        }

        // Looked up by its hash: how long that takes says nothing of any key.
        if (!snapshot.Keys.TryGetValue(ApiKey.HashOf(text), out var found))
            return null;
        _uses[found.Sha256] = now.ToUnixTimeMilliseconds();
        return found;
    }

    /// <summary>Writes when keys were last used, for those that were since the last time.</summary>
    internal async Task WriteUsesAsync(CancellationToken cancellationToken)
    {
        var known = _snapshot?.Keys ?? new Dictionary<string, ApiKey>();
        var news = _uses.Where(u => _written.GetValueOrDefault(u.Key) < u.Value && known.TryGetValue(u.Key, out var key) && key.Id is not null).ToList();
        if (news.Count == 0)
            return;
        await store.NoteUsesAsync([.. news.Select(u => (known[u.Key].Id!.Value, u.Value))], cancellationToken);
        foreach (var (hash, used) in news)
            _written[hash] = used;
    }

    private sealed record Snapshot(int Version, DateTimeOffset ReadAt, IReadOnlyDictionary<string, ApiKey> Keys);
}

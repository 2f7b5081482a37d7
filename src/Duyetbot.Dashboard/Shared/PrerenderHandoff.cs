using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Hands what a prerender loaded to the circuit that takes over, so that nothing is asked twice and the page does not flicker.</summary>
/// <remarks>Only a random ticket travels through the page; the objects stay in this process for a minute at most.</remarks>
public sealed class PrerenderHandoff(TimeProvider time)
{
    private const int Capacity = 500;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (object Value, DateTimeOffset Until)> _entries = new();

    /// <summary>Keeps a value and returns its ticket.</summary>
    public string Put(object value)
    {
        Trim();
        var ticket = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _entries[ticket] = (value, time.GetUtcNow() + Lifetime);
        return ticket;
    }

    /// <summary>Takes a value out; false where the ticket is unknown, used or expired.</summary>
    public bool TryTake<T>(string? ticket, out T value)
    {
        value = default!;
        if (ticket is null || !_entries.TryRemove(ticket, out var entry) || entry.Until < time.GetUtcNow() || entry.Value is not T typed)
            return false;
        value = typed;
        return true;
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        foreach (var (ticket, entry) in _entries)
        {
            if (entry.Until < now)
                _entries.TryRemove(ticket, out _);
        }

        foreach (var (ticket, _) in _entries.OrderBy(e => e.Value.Until).Take(_entries.Count - Capacity + 1))
            _entries.TryRemove(ticket, out _);
    }
}

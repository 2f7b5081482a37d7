using System.Net;
using System.Net.Sockets;

namespace Duyetbot.Dashboard.Access;

/// <summary>Counts wrong tokens per address: after five within a minute none is looked at until the minute is over, not even a right one.</summary>
public sealed class AttemptLimit(TimeProvider time)
{
    /// <summary>How many wrong ones are answered.</summary>
    public const int Allowed = 5;

    private const int MaxAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Until)> _addresses = [];

    /// <summary>How long an address has to wait; null where it may try.</summary>
    public TimeSpan? WaitFor(IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
            return _addresses.TryGetValue(KeyOf(address), out var entry) && entry.Wrong >= Allowed && entry.Until > now ? entry.Until - now : null;
    }

    /// <summary>Counts a wrong token.</summary>
    public void CountWrong(IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var key = KeyOf(address);
            var wrong = _addresses.TryGetValue(key, out var entry) && entry.Until > now ? entry.Wrong : 0;
            _addresses[key] = (wrong + 1, now + Window);
        }
    }

    // Whoever has one IPv6 address has a network of them. Beyond the limit of addresses all new ones count as one.
    private string KeyOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        var key = address is null ? "" : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes()[..8]) : address.ToString();
        if (_addresses.ContainsKey(key) || _addresses.Count < MaxAddresses)
            return key;
        var now = time.GetUtcNow();
        foreach (var old in _addresses.Where(a => a.Value.Until <= now).Select(a => a.Key).ToList())
            _addresses.Remove(old);
        return _addresses.Count < MaxAddresses ? key : "others";
    }
}

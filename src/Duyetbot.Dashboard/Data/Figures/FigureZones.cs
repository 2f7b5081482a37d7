using NodaTime;
using NodaTime.TimeZones;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The zones whose days are kept summed up: the standing ones, and those asked for last.</summary>
/// <remarks>A zone is answered from quarter hours until its days are there.</remarks>
public sealed class FigureZones
{
    /// <summary>So many zones are kept, the standing ones included.</summary>
    public const int Max = 8;

    private readonly Lock _lock = new();
    private readonly DateTimeZone[] _standing;
    private readonly LinkedList<DateTimeZone> _used = [];

    /// <summary>Begins with the standing zones: UTC and the configured one.</summary>
    /// <param name="configured">The zone of days where an address names none.</param>
    public FigureZones(DateTimeZone configured) =>
        _standing = configured.Id == DateTimeZone.Utc.Id ? [configured] : [DateTimeZone.Utc, configured];

    /// <summary>The zones to keep, the standing ones first, then the last used.</summary>
    public IReadOnlyList<DateTimeZone> Kept
    {
        get
        {
            lock (_lock)
                return [.. _standing, .. _used];
        }
    }

    /// <summary>How figure_days names a zone: with the version of its rules, because days by other rules are other days.</summary>
    public static string NameOf(DateTimeZone zone) => $"{zone.Id} {TzdbDateTimeZoneSource.Default.TzdbVersion}";

    /// <summary>Keeps a zone that is asked for; the one not used for longest goes where there are too many.</summary>
    public void Use(DateTimeZone zone)
    {
        if (_standing.Any(s => s.Id == zone.Id))
            return;
        lock (_lock)
        {
            if (_used.First?.Value.Id == zone.Id)
                return;
            for (var node = _used.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == zone.Id)
                {
                    _used.Remove(node);
                    break;
                }
            }

            _used.AddFirst(zone);
            while (_standing.Length + _used.Count > Max)
                _used.RemoveLast();
        }
    }

    /// <summary>Keeps a zone that figure_days has from an earlier run, as the one not used for longest; passes over what is no zone with today's rules.</summary>
    internal void Recall(string name)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name.Split(' ')[0]) is not { } zone || NameOf(zone) != name)
            return;
        lock (_lock)
        {
            if (_standing.Length + _used.Count < Max && !_standing.Concat(_used).Any(z => z.Id == zone.Id))
                _used.AddLast(zone);
        }
    }
}

using System.Runtime.InteropServices;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>The events of some periods: how many, how many failed, how long they took.</summary>
public sealed class EventSums
{
    private readonly long[] _events;
    private readonly long[] _errors;
    private readonly List<long>?[] _durations;
    private readonly Dictionary<double, long?> _percentiles = [];
    private IReadOnlyList<double>? _slow;

    /// <summary>Begins with nothing.</summary>
    public EventSums(Periods periods)
    {
        Periods = periods;
        _events = new long[periods.Count];
        _errors = new long[periods.Count];
        _durations = new List<long>?[periods.Count];
    }

    /// <summary>The periods in which events are counted.</summary>
    public Periods Periods { get; }

    /// <summary>All events.</summary>
    public long Events { get; private set; }

    /// <summary>Events whose status is error.</summary>
    public long Errors { get; private set; }

    /// <summary>Events whose duration is recorded.</summary>
    public long Timed { get; private set; }

    /// <summary>The share of errors in percent; 0 without events.</summary>
    public double ErrorRate => Events == 0 ? 0 : 100.0 * Errors / Events;

    /// <summary>The share of errors in percent per period.</summary>
    public IReadOnlyList<double> ErrorRates => [.. _events.Select((n, i) => n == 0 ? 0 : 100.0 * _errors[i] / n)];

    /// <summary>p95 of the durations in ms per period; 0 where there are none.</summary>
    public IReadOnlyList<double> Slow => _slow ??= [.. _durations.Select(d => (double)(Percentile.Select(CollectionsMarshal.AsSpan(d), 0.95) ?? 0))];

    /// <summary>An exact percentile of all durations in ms, by nearest rank; null without any.</summary>
    public long? PercentileMs(double share)
    {
        if (!_percentiles.TryGetValue(share, out var value))
            _percentiles[share] = value = Percentile.Select(_durations.SelectMany(d => d ?? []).ToArray(), share);
        return value;
    }

    /// <summary>Counts an event; one outside the range is passed over.</summary>
    /// <param name="at">When, in Unix ms.</param>
    /// <param name="isError">Whether its status is error.</param>
    /// <param name="durationMs">Null where it is not recorded.</param>
    public void Add(long at, bool isError, long? durationMs) => Add(at, 1, isError ? 1 : 0, durationMs is { } ms ? [ms] : []);

    /// <summary>Counts events of one period; those outside the range are passed over.</summary>
    /// <param name="at">A moment of the period in Unix ms.</param>
    /// <param name="events">How many.</param>
    /// <param name="errors">How many of them failed.</param>
    /// <param name="durations">The durations that are recorded, in ms.</param>
    public void Add(long at, long events, long errors, IReadOnlyCollection<long> durations)
    {
        var period = Periods.IndexOf(at);
        if (period < 0)
            return;
        Events += events;
        Errors += errors;
        Timed += durations.Count;
        _events[period] += events;
        _errors[period] += errors;
        if (durations.Count > 0)
            (_durations[period] ??= []).AddRange(durations);
        _percentiles.Clear();
        _slow = null;
    }
}

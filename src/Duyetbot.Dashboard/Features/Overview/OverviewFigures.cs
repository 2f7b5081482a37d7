using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>The messages of a range, by model and by platform, and those of the range before.</summary>
/// <param name="ByModel">A series per model.</param>
/// <param name="ByPlatform">A series per platform.</param>
/// <param name="Before">The range before by model; null where there is none to compare with.</param>
public sealed record OverviewFigures(FigureFold ByModel, FigureFold ByPlatform, FigureFold? Before)
{
    /// <summary>Everything in the range.</summary>
    public FigureSeries All => ByModel.All;
}

/// <summary>The events of some periods: how many, how many failed, how long they took.</summary>
public sealed class EventSums
{
    private readonly int[] _events;
    private readonly int[] _errors;
    private readonly List<long>?[] _durations;
    private readonly List<long> _all = [];
    private bool _sorted;

    /// <summary>Begins with nothing.</summary>
    public EventSums(Periods periods)
    {
        Periods = periods;
        _events = new int[periods.Count];
        _errors = new int[periods.Count];
        _durations = new List<long>?[periods.Count];
    }

    /// <summary>The periods in which events are counted.</summary>
    public Periods Periods { get; }

    /// <summary>All events.</summary>
    public long Events { get; private set; }

    /// <summary>Events whose status is error.</summary>
    public long Errors { get; private set; }

    /// <summary>Events whose duration is recorded.</summary>
    public long Timed => _all.Count;

    /// <summary>The share of errors in percent; 0 without events.</summary>
    public double ErrorRate => Events == 0 ? 0 : 100.0 * Errors / Events;

    /// <summary>The share of errors in percent per period.</summary>
    public IReadOnlyList<double> ErrorRates => [.. _events.Select((n, i) => n == 0 ? 0 : 100.0 * _errors[i] / n)];

    /// <summary>p95 of the durations in ms per period; 0 where there are none.</summary>
    public IReadOnlyList<double> Slow
    {
        get
        {
            Sort();
            return [.. _durations.Select(d => d is null ? 0 : (double)(Percentile.Of(d, 0.95) ?? 0))];
        }
    }

    /// <summary>An exact percentile of all durations in ms, by nearest rank; null without any.</summary>
    public long? PercentileMs(double share)
    {
        Sort();
        return Percentile.Of(_all, share);
    }

    /// <summary>Counts an event; one outside the range is passed over. Returns whether it was counted.</summary>
    public bool Add(long at, bool isError, long? durationMs)
    {
        var period = Periods.IndexOf(at);
        if (period < 0)
            return false;
        Events++;
        _events[period]++;
        if (isError)
        {
            Errors++;
            _errors[period]++;
        }

        if (durationMs is { } duration)
        {
            _all.Add(duration);
            (_durations[period] ??= []).Add(duration);
            _sorted = false;
        }

        return true;
    }

    private void Sort()
    {
        if (_sorted)
            return;
        _all.Sort();
        foreach (var list in _durations)
            list?.Sort();
        _sorted = true;
    }
}

/// <summary>The events of a range and of the one before.</summary>
/// <param name="Now">The range.</param>
/// <param name="Before">The range before; null where there is none to compare with.</param>
public sealed record OverviewEvents(EventSums Now, EventSums? Before);

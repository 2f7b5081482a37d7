namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>Two traces side by side, worked out once; every difference is second less first.</summary>
public sealed record CompareView
{
    /// <summary>The first trace; null where there is no event of its id.</summary>
    public TraceView? A { get; private init; }

    /// <summary>The second trace; null where there is no event of its id.</summary>
    public TraceView? B { get; private init; }

    /// <summary>The steps of both, aligned.</summary>
    public IReadOnlyList<StepPair> Pairs { get; private init; } = [];

    /// <summary>Steps that both have.</summary>
    public int Shared => Pairs.Count(p => p is { A: not null, B: not null });

    /// <summary>Steps that only the first has.</summary>
    public int OnlyA => Pairs.Count(p => p.B is null);

    /// <summary>Steps that only the second has.</summary>
    public int OnlyB => Pairs.Count(p => p.A is null);

    /// <summary>All steps of the first, added up.</summary>
    public LedgerTotals TotalA { get; private init; } = LedgerTotals.Of([]);

    /// <summary>All steps of the second, added up.</summary>
    public LedgerTotals TotalB { get; private init; } = LedgerTotals.Of([]);

    /// <summary>Ms of the longer trace, from the earliest moment on either axis to the latest: the scale of both bars.</summary>
    public long Length { get; private init; } = 1;

    /// <summary>Ms at the left edge of both bars, from each event's own start.</summary>
    public long Origin { get; private init; }

    public TextDifference Input { get; private init; } = TextDifference.Between("", "");

    public TextDifference Response { get; private init; } = TextDifference.Between("", "");

    /// <summary>Works the comparison out.</summary>
    public static CompareView From(TraceView? a, TraceView? b)
    {
        if (a is null || b is null)
            return new CompareView { A = a, B = b };
        var origin = Math.Min(a.Timeline.Start, b.Timeline.Start);
        return new CompareView
        {
            A = a,
            B = b,
            Pairs = StepAlignment.Of(a.Timeline, b.Timeline),
            TotalA = LedgerTotals.Of([.. a.Data.Steps]),
            TotalB = LedgerTotals.Of([.. b.Data.Steps]),
            Origin = origin,
            Length = Math.Max(1, Math.Max(a.Timeline.End, b.Timeline.End) - origin),
            Input = TextDifference.Between(a.Event.InputText ?? "", b.Event.InputText ?? ""),
            Response = TextDifference.Between(a.Event.ResponseText ?? "", b.Event.ResponseText ?? ""),
        };
    }
}

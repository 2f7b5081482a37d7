using System.Text.Json.Serialization;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The same tokens counted one way.</summary>
/// <remarks>Cached is part of input, reasoning part of output; cost is USD, null where no token has a price.</remarks>
public sealed record LedgerTotals(long InputTokens, long CachedTokens, long OutputTokens, long ReasoningTokens, double? EstimatedCostUsd, long UnpricedTokens)
{
    /// <summary>Input and output.</summary>
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>Adds up steps.</summary>
    public static LedgerTotals Of(IReadOnlyCollection<StepRow> steps) => new(
        steps.Sum(s => s.InputTokens),
        steps.Sum(s => s.CachedTokens),
        steps.Sum(s => s.OutputTokens),
        steps.Sum(s => s.ReasoningTokens),
        steps.Any(s => s.EstimatedCostUsd is not null && s.TotalTokens > 0) || steps.All(s => s.TotalTokens == 0) ? steps.Sum(s => s.EstimatedCostUsd ?? 0) : null,
        steps.Sum(s => s.UnpricedTokens));
}

/// <summary>One kind of token, or the cost, under all four ways of counting.</summary>
/// <param name="Name">The column's name: <c>input_tokens</c>, …, <c>estimated_cost_usd</c>.</param>
/// <param name="Own">The agents of the first level alone; null without steps or price.</param>
/// <param name="Subtree">All steps at every level; null without steps or price.</param>
/// <param name="Event">What the event itself says; for the cost, what its steps cost.</param>
/// <param name="Messages">The messages that name the event; null where there are none, or no price.</param>
/// <param name="Difference">The first disagreement: event less steps, else messages less event; 0 where all agree.</param>
/// <param name="Reason">Its likely reason in a sentence; null where all agree.</param>
public sealed record LedgerLine(string Name, double? Own, double? Subtree, double? Event, double? Messages, double Difference, string? Reason)
{
    /// <summary>True where every way of counting that there is gives the same.</summary>
    public bool Agrees => Difference == 0;

    /// <summary>True where there are at least two ways of counting to compare.</summary>
    public bool IsCompared => Event is not null && (Subtree is not null || Messages is not null);
}

/// <summary>Own, subtree, event and message totals of one trace side by side, with where they differ and the likely reason.</summary>
/// <remarks>The event's totals are defined as the sum over all steps at every level; own totals are the agents of the first level alone and are expected to be smaller.</remarks>
public sealed record TraceLedger
{
    private const string Cost = "estimated_cost_usd";
    private const double SmallestUsd = 1e-9;

    public string EventId { get; init; } = "";

    /// <summary>The agents of the first level alone; null where the event has no steps.</summary>
    public LedgerTotals? Own { get; init; }

    /// <summary>All steps at every level; null where the event has no steps.</summary>
    public LedgerTotals? Subtree { get; init; }

    public required LedgerTotals Event { get; init; }

    /// <summary>Null where no message names the event.</summary>
    public LedgerTotals? Messages { get; init; }

    public long MessageCount { get; init; }

    /// <summary>A line per kind of token, then the total, then the cost.</summary>
    public IReadOnlyList<LedgerLine> Lines { get; init; } = [];

    /// <summary>True where all token lines agree.</summary>
    public bool Agrees => TokenLines.All(l => l.Agrees);

    /// <summary>The lines but the cost.</summary>
    [JsonIgnore]
    public IEnumerable<LedgerLine> TokenLines => Lines.Where(l => l.Name != Cost);

    /// <summary>The line of the cost; null in an empty ledger.</summary>
    [JsonIgnore]
    public LedgerLine? CostLine => Lines.FirstOrDefault(l => l.Name == Cost);

    /// <summary>Adds up and compares.</summary>
    public static TraceLedger From(EventRow row, IReadOnlyCollection<StepRow> steps, MessageTotals messages)
    {
        var agents = steps.Where(s => s.Depth == 0).ToList();
        var own = steps.Count == 0 ? null : LedgerTotals.Of(agents);
        var subtree = steps.Count == 0 ? null : LedgerTotals.Of(steps);
        var stored = new LedgerTotals(row.InputTokens, row.CachedTokens, row.OutputTokens, row.ReasoningTokens, row.EstimatedCostUsd, row.UnpricedTokens);
        var written = messages.MessageCount == 0 ? null
            : new LedgerTotals(messages.InputTokens, messages.CachedTokens, messages.OutputTokens, messages.ReasoningTokens, messages.EstimatedCostUsd, messages.UnpricedTokens);
        var holdTheirWorkers = new Lazy<bool>(() => HoldTheirWorkers(steps, agents));
        LedgerLine Line(string name, Func<LedgerTotals, double?> value)
        {
            double? OfOrNull(LedgerTotals? totals) => totals is null ? null : value(totals);
            var (a, b, c, d) = (OfOrNull(own), OfOrNull(subtree), value(stored), OfOrNull(written));
            var isCost = name == Cost;
            var (difference, reason) = (0.0, (string?)null);
            if (b is not null && c is not null && Differ(b, c, isCost))
                (difference, reason) = (c.Value - b.Value, StepsReason(a, b.Value, c.Value, holdTheirWorkers));
            else if (c is not null && d is not null && Differ(c, d, isCost))
                (difference, reason) = (d.Value - c.Value, MessagesReason(c.Value, d.Value, isCost));
            return new LedgerLine(name, a, b, c, d, difference, reason);
        }

        return new TraceLedger
        {
            EventId = row.EventId,
            Own = own,
            Subtree = subtree,
            Event = stored,
            Messages = written,
            MessageCount = messages.MessageCount,
            Lines =
            [
                Line("input_tokens", t => t.InputTokens),
                Line("cached_tokens", t => t.CachedTokens),
                Line("output_tokens", t => t.OutputTokens),
                Line("reasoning_tokens", t => t.ReasoningTokens),
                Line("total_tokens", t => t.TotalTokens),
                Line(Cost, t => t.EstimatedCostUsd),
            ],
        };
    }

    /// <summary>The ledger in one sentence, for narrow screens: "steps = event, messages 1,204 less"; speaks of the cost only where that differs.</summary>
    public string Sentence()
    {
        static string Compare(string name, long? value, long with) => value is null ? $"no {name}"
            : value == with ? $"{name} = event"
            : $"{name} {Formats.Count(Math.Abs(value.Value - with))} {(value < with ? "less" : "more")}";
        static string Costs(LedgerLine line) =>
            $"; {(line.Messages is null || line.Event != line.Subtree ? "event costs" : "messages cost")} {Formats.Usd(Math.Abs(line.Difference))} {(line.Difference < 0 ? "less" : "more")}";
        return $"{Compare("steps", Subtree?.TotalTokens, Event.TotalTokens)}, {Compare("messages", Messages?.TotalTokens, Event.TotalTokens)}{(CostLine is { Agrees: false } cost ? Costs(cost) : "")}";
    }

    private static bool Differ(double? a, double? b, bool isCost) => Math.Abs(a!.Value - b!.Value) > (isCost ? SmallestUsd : 0);

    // An orchestrator that reports its workers' tokens as its own: each parent's own is at least its children's sum.
    private static bool HoldTheirWorkers(IReadOnlyCollection<StepRow> steps, List<StepRow> agents)
    {
        var below = steps.Where(s => s.ParentStepId is not null).GroupBy(s => s.ParentStepId!).ToDictionary(g => g.Key, g => g.Sum(s => s.TotalTokens));
        var parents = agents.Where(a => below.GetValueOrDefault(a.StepId) > 0).ToList();
        return parents.Count > 0 && parents.All(a => a.TotalTokens >= below[a.StepId]);
    }

    private static string StepsReason(double? own, double subtree, double stored, Lazy<bool> holdTheirWorkers) => (stored < subtree, stored == own) switch
    {
        (true, true) when holdTheirWorkers.Value => "The agents' own numbers seem to hold their workers' already, so the steps count those twice.",
        (true, true) => "The event counts only its agents; their workers are missing from it.",
        (true, false) => "The steps count more than the event says.",
        _ => "The event says more than its steps: some steps are missing from agents.",
    };

    private static string MessagesReason(double stored, double written, bool isCost) => written switch
    {
        _ when isCost => "Messages are priced at the event's model, steps each at its own.",
        0 => "The messages carry no counts of this kind.",
        _ when written < stored => "Part of the event's tokens was not written to its messages.",
        _ => "The messages carry more than the event says.",
    };
}

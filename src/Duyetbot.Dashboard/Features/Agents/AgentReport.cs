using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Every agent of a range, each with its models.</summary>
public sealed record AgentReport
{
    /// <summary>What was asked.</summary>
    public required AgentQuestion Question { get; init; }

    /// <summary>The periods of the trends.</summary>
    public required Periods Periods { get; init; }

    /// <summary>An agent each, most invocations first.</summary>
    public required IReadOnlyList<AgentLine> Agents { get; init; }

    /// <summary>All of them together.</summary>
    public required AgentLine All { get; init; }

    /// <summary>The names of agents in the range, also those that the filter leaves out.</summary>
    public required IReadOnlyList<string> AgentNames { get; init; }

    /// <summary>The models in the range, also those that the filter leaves out.</summary>
    public required IReadOnlyList<string> ModelNames { get; init; }

    /// <summary>How many hours of the range were read from the view because the roll-up has not caught up.</summary>
    public required int StaleHours { get; init; }
}

/// <summary>Takes hours and steps, gives the report.</summary>
internal sealed class AgentFold(AgentQuestion question, IReadOnlyDictionary<long, PriceRow> prices)
{
    private readonly Periods _periods = question.Periods;
    private readonly Dictionary<(string? Agent, string? Model), AgentSum> _sums = [];
    private readonly SortedSet<string> _agents = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);

    /// <summary>Adds a group of a whole hour that lies in one period.</summary>
    public void Add(long hourStart, AgentHourGroup group)
    {
        if (SumOf(group.Agent, group.Model) is { } sum)
            sum.Add(group, group.PriceId is { } id ? prices.GetValueOrDefault(id) : null, _periods.IndexOf(hourStart));
    }

    /// <summary>Adds a step of the range.</summary>
    public void Add(in AgentStep step) => SumOf(step.Agent, step.Model)?.Add(step, _periods.IndexOf(step.At));

    /// <summary>The figures of all that was added.</summary>
    public AgentReport ToReport(int staleHours) => new()
    {
        Question = question,
        Periods = _periods,
        Agents = [.. _sums.GroupBy(s => s.Key.Agent).Select(LineOf).OrderByDescending(l => l.Figures.Invocations).ThenBy(l => l.Figures.AgentName, StringComparer.Ordinal)],
        All = AgentSum.Line(null, null, [.. _sums.Values], _periods.Count),
        AgentNames = [.. _agents],
        ModelNames = [.. _models],
        StaleHours = staleHours,
    };

    private AgentLine LineOf(IGrouping<string?, KeyValuePair<(string? Agent, string? Model), AgentSum>> agent) =>
        AgentSum.Line(agent.Key, null, [.. agent.Select(p => p.Value)], _periods.Count) with
        {
            Models =
            [
                .. agent.Select(p => AgentSum.Line(agent.Key, p.Key.Model, [p.Value], _periods.Count))
                    .OrderByDescending(l => l.Figures.Invocations).ThenBy(l => l.Figures.Model, StringComparer.Ordinal),
            ],
        };

    private AgentSum? SumOf(string? agent, string? model)
    {
        if (agent is not null)
            _agents.Add(agent);
        if (model is not null)
            _models.Add(model);
        if (!question.Takes(agent, model))
            return null;
        if (!_sums.TryGetValue((agent, model), out var sum))
            _sums[(agent, model)] = sum = new AgentSum(_periods.Count);
        return sum;
    }
}

using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>The running sum of one agent and model.</summary>
internal sealed class AgentSum(int periods)
{
    private readonly SortedSet<string> _types = new(StringComparer.Ordinal);
    private readonly double[] _trend = new double[periods];
    private readonly double[] _errorTrend = new double[periods];
    private readonly List<long> _durations = [];
    private long _invocations;
    private long _errors;
    private long _input;
    private long _output;
    private long _cached;
    private long _reasoning;
    private long _toolCalls;
    private long _unpriced;
    private double _cost;
    private bool _sorted;

    public void Add(in AgentStep step, int period)
    {
        Count(step.Type, period, 1, step.IsFailed ? 1 : 0);
        Tokens(step.Input, step.Output, step.Cached, step.Reasoning, step.ToolCalls);
        _unpriced += step.Unpriced;
        _cost += step.Cost ?? 0;
        if (step.DurationMs > 0)
            _durations.Add(step.DurationMs);
    }

    public void Add(AgentHourGroup group, PriceRow? price, int period)
    {
        Count(group.Type, period, group.Invocations, group.Errors);
        Tokens(group.Input, group.Output, group.Cached, group.Reasoning, group.ToolCalls);
        if (price is null)
            _unpriced += group.Input + group.Output;
        else
            _cost += CostOf(group, price);
        _durations.AddRange(group.DurationsMs);
    }

    /// <summary>The line of several sums; their models are left to the caller.</summary>
    public static AgentLine Line(string? agent, string? model, IReadOnlyList<AgentSum> parts, int periods)
    {
        var durations = parts.Select(p => p.Sorted()).ToList();
        var timed = durations.Sum(d => (long)d.Count);
        var (invocations, errors) = (parts.Sum(p => p._invocations), parts.Sum(p => p._errors));
        var (input, output, unpriced) = (parts.Sum(p => p._input), parts.Sum(p => p._output), parts.Sum(p => p._unpriced));
        var types = string.Join(", ", parts.SelectMany(p => p._types).Distinct().Order(StringComparer.Ordinal));
        var figures = new AgentFigures
        {
            AgentName = agent,
            AgentType = types.Length == 0 ? null : types,
            Model = model,
            Invocations = invocations,
            Successes = invocations - errors,
            Errors = errors,
            SuccessRate = invocations == 0 ? null : (double)(invocations - errors) / invocations,
            TimedInvocations = timed,
            P50DurationMs = Percentile.Of(durations, 0.50),
            P95DurationMs = Percentile.Of(durations, 0.95),
            P99DurationMs = Percentile.Of(durations, 0.99),
            AvgDurationMs = timed == 0 ? null : durations.Sum(d => d.Sum(ms => (double)ms)) / timed,
            InputTokens = input,
            OutputTokens = output,
            CachedTokens = parts.Sum(p => p._cached),
            ReasoningTokens = parts.Sum(p => p._reasoning),
            TotalTokens = input + output,
            ToolCalls = parts.Sum(p => p._toolCalls),
            EstimatedCostUsd = unpriced > 0 && unpriced >= input + output ? null : parts.Sum(p => p._cost),
            UnpricedTokens = unpriced,
        };
        return new AgentLine(figures, Added(parts, periods, p => p._trend), Added(parts, periods, p => p._errorTrend), []);
    }

    // The view's own formula, which is linear in the tokens: what holds for each step holds for their sum.
    private static double CostOf(AgentHourGroup group, PriceRow price) =>
        (((group.Input - (price.CachedInInput ? group.Cached : 0)) * price.InputPrice)
            + (group.Cached * price.CachedPrice)
            + ((group.Output - group.Reasoning) * price.OutputPrice)
            + (group.Reasoning * price.ReasoningPrice)) / 1000.0;

    private static double[] Added(IReadOnlyList<AgentSum> parts, int periods, Func<AgentSum, double[]> course)
    {
        var sum = new double[periods];
        foreach (var part in parts)
        {
            var values = course(part);
            for (var i = 0; i < periods; i++)
                sum[i] += values[i];
        }

        return sum;
    }

    private List<long> Sorted()
    {
        if (!_sorted)
            _durations.Sort();
        _sorted = true;
        return _durations;
    }

    private void Count(string? type, int period, long invocations, long errors)
    {
        if (type is not null)
            _types.Add(type);
        _invocations += invocations;
        _errors += errors;
        if (period < 0)
            return;
        _trend[period] += invocations;
        _errorTrend[period] += errors;
    }

    private void Tokens(long input, long output, long cached, long reasoning, long toolCalls)
    {
        _input += input;
        _output += output;
        _cached += cached;
        _reasoning += reasoning;
        _toolCalls += toolCalls;
    }
}

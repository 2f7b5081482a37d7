using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>A trace with its chain of agents as it is stored.</summary>
internal sealed record ChainRow
{
    public long Id { get; init; }

    public object? OrderValue { get; init; }

    public long? At { get; init; }

    public string? EventId { get; init; }

    /// <summary>What JSON calls the chain; "not JSON" where it is none.</summary>
    public string AgentsKind { get; init; } = "";

    /// <summary>An array whole, null where it is empty; of anything else the beginning.</summary>
    public string? Agents { get; init; }
}

/// <summary>A trace's tokens counted three ways; null where there are no steps or no messages.</summary>
internal sealed record LedgerRow
{
    public long Id { get; init; }

    public object? OrderValue { get; init; }

    public long? At { get; init; }

    public string? EventId { get; init; }

    public long Own { get; init; }

    public long? Steps { get; init; }

    public long? Messages { get; init; }
}

/// <summary>A trace that was looked at, with what is wrong with it.</summary>
internal sealed record Walked(long Id, object? OrderValue, long? At, string? EventId, IReadOnlyList<(string Kind, string Reason)> Faults)
{
    /// <summary>Looks at a chain.</summary>
    public static Walked Of(ChainRow row) => new(row.Id, row.OrderValue, row.At, row.EventId, [.. FaultsOf(row)]);

    /// <summary>Compares the three ways.</summary>
    public static Walked Of(LedgerRow row) => new(row.Id, row.OrderValue, row.At, row.EventId, [.. FaultsOf(row)]);

    private static IEnumerable<(string Kind, string Reason)> FaultsOf(ChainRow row)
    {
        if (row.AgentsKind == "not JSON")
        {
            yield return ("agents_not_json", string.IsNullOrEmpty(row.Agents) ? "the text is empty" : row.Agents);
        }
        else if (row.AgentsKind != "array")
        {
            yield return ("agents_not_array", $"is {row.AgentsKind}: {row.Agents}");
        }
        else
        {
            var check = ChainCheck.From(row.Agents);
            if (check.NoSteps > 0)
                yield return ("agents_no_steps", Words(check, check.NoSteps, f => f.Reason.Contains("step", StringComparison.Ordinal)));
            if (check.OddValues > 0)
                yield return ("step_value_absurd", Words(check, check.OddValues, f => !f.Reason.Contains("step", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<(string Kind, string Reason)> FaultsOf(LedgerRow row)
    {
        if (row.Steps is { } steps && steps != row.Own)
            yield return ("ledger_steps", $"{Formats.Count(row.Own)} tokens, its steps {Formats.Count(steps)}");
        if (row.Messages is { } messages && messages != row.Own)
            yield return ("ledger_messages", $"{Formats.Count(row.Own)} tokens, its messages {Formats.Count(messages)}");
    }

    private static string Words(ChainCheck check, int count, Func<ChainFault, bool> isOne)
    {
        var first = check.Faults.FirstOrDefault(isOne);
        return first is null ? Formats.Plural(count, "place") : $"{first.Path} {first.Reason}{(count > 1 ? $", and {Formats.Count(count - 1)} more" : "")}";
    }
}

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>How often one check found something.</summary>
public sealed record FindingCount
{
    /// <summary>The check.</summary>
    public required string Kind { get; init; }

    /// <summary>Rows found.</summary>
    public long Count { get; init; }

    /// <summary>Rows looked at, the newest first; null where rows are not what is counted.</summary>
    public long? Checked { get; init; }

    /// <summary>Rows of the range; more than <see cref="Checked"/> where not all were looked at.</summary>
    public long? Total { get; init; }

    /// <summary>Unix ms of the first; null where none has a time.</summary>
    public long? FirstSeenAt { get; init; }

    /// <summary>Unix ms of the last; null where none has a time.</summary>
    public long? LastSeenAt { get; init; }

    /// <summary>Found among looked at, 0 to 1; null where that says nothing.</summary>
    public double? Share => Checked is > 0 and { } rows ? (double)Count / rows : null;

    /// <summary>True where every row of the range was looked at.</summary>
    public bool IsWhole => Total is null || Checked >= Total;
}

/// <summary>What a group of checks found, a line per check, also where it is none.</summary>
public sealed record GroupAnswer(IReadOnlyList<FindingCount> Counts);

/// <summary>One row that a check found. What has no id is null.</summary>
public sealed record FindingSample
{
    /// <summary>The trace.</summary>
    public string? EventId { get; init; }

    /// <summary>The message.</summary>
    public string? MessageId { get; init; }

    /// <summary>The message's conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>Unix ms; null where the row has no usable time.</summary>
    public long? At { get; init; }

    /// <summary>What is wrong with it, with the value.</summary>
    public string? Reason { get; init; }
}

/// <summary>A row as it is read, with its place in the order.</summary>
internal sealed record SampleRow
{
    public long Id { get; init; }

    public object? OrderValue { get; init; }

    public string? EventId { get; init; }

    public string? MessageId { get; init; }

    public string? ConversationId { get; init; }

    public string? Model { get; init; }

    public long? At { get; init; }

    public string? Reason { get; init; }

    public FindingSample ToSample() => new() { EventId = EventId, MessageId = MessageId, ConversationId = ConversationId, Model = Model, At = At, Reason = Reason };
}

/// <summary>Rows with the same set of findings: bit n of the mask is the nth check that was asked for.</summary>
internal sealed record MaskRow
{
    public long Mask { get; init; }

    public long RowCount { get; init; }

    public long? FirstAt { get; init; }

    public long? LastAt { get; init; }
}

/// <summary>A finding as the API answers it.</summary>
public sealed record QualityFinding
{
    public required string Kind { get; init; }

    public required FindingSeverity Severity { get; init; }

    public required string Title { get; init; }

    /// <summary>What it means, and what the dashboard does with such rows.</summary>
    public required string Meaning { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Action { get; init; }

    public long Count { get; init; }

    /// <summary>Rows looked at, the newest first; null where rows are not what is counted.</summary>
    public long? CheckedCount { get; init; }

    /// <summary>Rows of the range.</summary>
    public long? TotalCount { get; init; }

    /// <summary>Found among looked at, 0 to 1.</summary>
    public double? Share { get; init; }

    /// <summary>Unix ms.</summary>
    public long? FirstSeenAt { get; init; }

    /// <summary>Unix ms.</summary>
    public long? LastSeenAt { get; init; }

    /// <summary>The newest rows' ids: of messages, traces or models, as the title says.</summary>
    public IReadOnlyList<string> SampleIds { get; init; } = [];
}

/// <summary>A finding as a line of the CSV file.</summary>
public sealed record QualityCsvRow(string Kind, string Severity, string Title, long Count, long? CheckedCount, long? TotalCount, double? Share, long? FirstSeenAt, long? LastSeenAt, string SampleIds);

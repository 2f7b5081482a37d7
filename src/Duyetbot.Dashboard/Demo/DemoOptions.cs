namespace Duyetbot.Dashboard.Demo;

/// <summary>What the made-up data is a function of: the same options give the same rows, byte for byte.</summary>
public sealed record DemoOptions
{
    /// <summary>The number of messages that the product's pictures show.</summary>
    public const int DefaultMessages = 24_811;

    /// <summary>Rows in chat_messages, exactly; at least 1.</summary>
    public int Messages { get; init; } = DefaultMessages;

    /// <summary>Length of the period in days of 24 hours; at least 1.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Any number.</summary>
    public long Seed { get; init; } = 20_251_123;

    /// <summary>The last moment of the period; no row is later.</summary>
    public required DateTimeOffset End { get; init; }

    internal long EndMs => End.ToUnixTimeMilliseconds();

    internal long StartMs => EndMs - (Days * DemoRhythm.DayMs);
}

/// <summary>How far the writing is.</summary>
/// <param name="Messages">Messages written and committed so far.</param>
/// <param name="Total">Messages in all.</param>
public readonly record struct DemoProgress(int Messages, int Total);

/// <summary>What was written.</summary>
/// <param name="Conversations">Conversations.</param>
/// <param name="Messages">Rows in chat_messages.</param>
/// <param name="Events">Rows in observability_events.</param>
public readonly record struct DemoResult(int Conversations, int Messages, int Events);

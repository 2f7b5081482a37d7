namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>One message or one step as it counts in figures.</summary>
public readonly record struct FigureRow
{
    /// <summary>When, in Unix ms.</summary>
    public required long At { get; init; }

    /// <summary>What it is grouped by; null where it has none.</summary>
    public string? Key { get; init; }

    /// <summary>The key in a person's words; null where the key says it all.</summary>
    public string? Label { get; init; }

    /// <summary>Input tokens, the cached ones included.</summary>
    public long Input { get; init; }

    /// <summary>Output tokens, the reasoning ones included.</summary>
    public long Output { get; init; }

    /// <summary>Part of the input.</summary>
    public long Cached { get; init; }

    /// <summary>Part of the output.</summary>
    public long Reasoning { get; init; }

    /// <summary>USD; null where there is no price.</summary>
    public double? Cost { get; init; }

    /// <summary>Tokens without a price.</summary>
    public long Unpriced { get; init; }

    /// <summary>Whose it is; null is nobody and counts for no user.</summary>
    public string? User { get; init; }

    /// <summary>The conversation that it belongs to; null counts for none.</summary>
    public string? Conversation { get; init; }
}

/// <summary>A sum of rows: tokens, cost, rows, and exactly how many users and conversations.</summary>
public sealed class FigureSum
{
    /// <summary>The sum of nothing.</summary>
    public static readonly FigureSum Nothing = new();

    private HashSet<int>? _users;
    private HashSet<int>? _conversations;
    private double _cost;

    /// <summary>Input tokens, the cached ones included.</summary>
    public long Input { get; private set; }

    /// <summary>Output tokens, the reasoning ones included.</summary>
    public long Output { get; private set; }

    /// <summary>Part of the input.</summary>
    public long Cached { get; private set; }

    /// <summary>Part of the output.</summary>
    public long Reasoning { get; private set; }

    /// <summary>Input and output.</summary>
    public long Total => Input + Output;

    /// <summary>How many rows: messages or steps.</summary>
    public long Rows { get; private set; }

    /// <summary>Tokens that <see cref="Cost"/> leaves out for want of a price.</summary>
    public long Unpriced { get; private set; }

    /// <summary>USD; null where there are tokens and none of them has a price.</summary>
    public double? Cost => Unpriced > 0 && Unpriced >= Total ? null : _cost;

    /// <summary>How many different users.</summary>
    public int Users => _users?.Count ?? 0;

    /// <summary>How many different conversations.</summary>
    public int Conversations => _conversations?.Count ?? 0;

    /// <summary>Adds a row whose user and conversation have been numbered; -1 is none.</summary>
    internal void Add(in FigureRow row, int user, int conversation)
    {
        Input += row.Input;
        Output += row.Output;
        Cached += row.Cached;
        Reasoning += row.Reasoning;
        Unpriced += row.Unpriced;
        _cost += row.Cost ?? 0;
        Rows++;
        if (user >= 0)
            (_users ??= []).Add(user);
        if (conversation >= 0)
            (_conversations ??= []).Add(conversation);
    }

    /// <summary>The sum of several sums of one fold.</summary>
    public static FigureSum Of(IEnumerable<FigureSum> parts)
    {
        var sum = new FigureSum();
        foreach (var part in parts)
        {
            sum.Input += part.Input;
            sum.Output += part.Output;
            sum.Cached += part.Cached;
            sum.Reasoning += part.Reasoning;
            sum.Unpriced += part.Unpriced;
            sum._cost += part._cost;
            sum.Rows += part.Rows;
            if (part._users is not null)
                (sum._users ??= []).UnionWith(part._users);
            if (part._conversations is not null)
                (sum._conversations ??= []).UnionWith(part._conversations);
        }

        return sum;
    }
}

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

    private readonly Func<IEnumerable<FigureSum>>? _parts;
    private double _cost;
    private DistinctIds _users;
    private DistinctIds _conversations;

    /// <summary>Begins with nothing.</summary>
    public FigureSum()
    {
    }

    /// <summary>A sum that is added to together with its parts; users and conversations are counted over the parts when they are asked for.</summary>
    internal FigureSum(Func<IEnumerable<FigureSum>> parts) => _parts = parts;

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
    public int Users => _users.Count(Rows, this, static (FigureSum s, ref DistinctUnion u) => s.CollectUsers(ref u));

    /// <summary>How many different conversations.</summary>
    public int Conversations => _conversations.Count(Rows, this, static (FigureSum s, ref DistinctUnion u) => s.CollectConversations(ref u));

    /// <summary>The sum of several sums of one fold.</summary>
    public static FigureSum Of(IEnumerable<FigureSum> parts)
    {
        var list = parts.ToList();
        var sum = new FigureSum(() => list);
        foreach (var part in list)
        {
            sum.Add(new FigureAmounts
            {
                Rows = part.Rows,
                Input = part.Input,
                Output = part.Output,
                Cached = part.Cached,
                Reasoning = part.Reasoning,
                Cost = part._cost,
                Unpriced = part.Unpriced,
            });
        }

        return sum;
    }

    internal void Add(in FigureAmounts amounts)
    {
        Rows += amounts.Rows;
        Input += amounts.Input;
        Output += amounts.Output;
        Cached += amounts.Cached;
        Reasoning += amounts.Reasoning;
        Unpriced += amounts.Unpriced;
        _cost += amounts.Cost;
    }

    /// <summary>Counts a user and a conversation that have been numbered; -1 is none.</summary>
    internal void Count(int user, int conversation)
    {
        if (user >= 0)
            _users.Add(user);
        if (conversation >= 0)
            _conversations.Add(conversation);
    }

    internal void Count(IdRun users, IdRun conversations)
    {
        if (users.Count > 0)
            _users.Add(users);
        if (conversations.Count > 0)
            _conversations.Add(conversations);
    }

    private void CollectUsers(ref DistinctUnion union)
    {
        if (_parts is null)
        {
            _users.CollectInto(ref union);
            return;
        }

        foreach (var part in _parts())
            part.CollectUsers(ref union);
    }

    private void CollectConversations(ref DistinctUnion union)
    {
        if (_parts is null)
        {
            _conversations.CollectInto(ref union);
            return;
        }

        foreach (var part in _parts())
            part.CollectConversations(ref union);
    }
}

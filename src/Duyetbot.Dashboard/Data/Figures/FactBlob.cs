using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>What the messages or steps of a fact have in common: numbers of figure_names, 0 for none.</summary>
internal readonly record struct FactKey : IComparable<FactKey>
{
    public int Conversation { get; init; }

    public int User { get; init; }

    public int Username { get; init; }

    public int Platform { get; init; }

    public int Model { get; init; }

    public int Source { get; init; }

    /// <summary>Of a message.</summary>
    public int Role { get; init; }

    public int Visibility { get; init; }

    /// <summary>The name of a step.</summary>
    public int Agent { get; init; }

    public bool IsArchived { get; init; }

    /// <summary>The event ended in error.</summary>
    public bool HasError { get; init; }

    /// <summary>By every part in turn, so that the same facts always make the same bytes.</summary>
    public int CompareTo(FactKey other) => Parts.CompareTo(other.Parts);

    private (int, int, int, int, int, int, int, (int, int, bool, bool)) Parts =>
        (Conversation, User, Username, Platform, Model, Source, Role, (Visibility, Agent, IsArchived, HasError));
}

/// <summary>Packed facts: how many, then each one's numbers, flags and amounts.</summary>
internal static class FactBlob
{
    /// <summary>Packs facts in the order of their keys.</summary>
    public static byte[] Pack(IReadOnlyDictionary<FactKey, FigureAmounts> facts)
    {
        var bytes = new List<byte>(facts.Count * 24 + 4);
        Varint.Write(bytes, facts.Count);
        foreach (var (key, amounts) in facts.OrderBy(f => f.Key))
        {
            foreach (var number in (ReadOnlySpan<int>)[key.Conversation, key.User, key.Username, key.Platform, key.Model, key.Source, key.Role, key.Visibility, key.Agent, (key.IsArchived ? 1 : 0) + (key.HasError ? 2 : 0)])
                Varint.Write(bytes, number);
            Amounts.Write(bytes, amounts);
        }

        return [.. bytes];
    }

    /// <summary>Walks packed facts.</summary>
    public ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _at;
        private long _left = -1;

        public FactKey Key { get; private set; }

        public FigureAmounts Sum { get; private set; }

        public bool Read()
        {
            if (_left < 0)
                _left = Varint.Read(_bytes, ref _at);
            if (_left-- == 0)
                return false;
            var key = new FactKey
            {
                Conversation = Number(),
                User = Number(),
                Username = Number(),
                Platform = Number(),
                Model = Number(),
                Source = Number(),
                Role = Number(),
                Visibility = Number(),
                Agent = Number(),
            };
            var flags = Number();
            Key = key with { IsArchived = (flags & 1) != 0, HasError = (flags & 2) != 0 };
            Sum = Amounts.Read(_bytes, ref _at);
            return true;
        }

        private int Number() => (int)Varint.Read(_bytes, ref _at);
    }
}

/// <summary>Rows and tokens, packed; cost is never stored.</summary>
internal static class Amounts
{
    public static void Write(List<byte> bytes, in FigureAmounts amounts)
    {
        Varint.Write(bytes, amounts.Rows);
        Varint.Write(bytes, amounts.Input);
        Varint.Write(bytes, amounts.Output);
        Varint.Write(bytes, amounts.Cached);
        Varint.Write(bytes, amounts.Reasoning);
        Varint.Write(bytes, amounts.RecordedCached - amounts.Cached);
    }

    public static FigureAmounts Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var amounts = new FigureAmounts
        {
            Rows = Varint.Read(bytes, ref at),
            Input = Varint.Read(bytes, ref at),
            Output = Varint.Read(bytes, ref at),
            Cached = Varint.Read(bytes, ref at),
            Reasoning = Varint.Read(bytes, ref at),
        };
        return amounts with { RecordedCached = amounts.Cached + Varint.Read(bytes, ref at) };
    }

    public static FigureAmounts Plus(this in FigureAmounts one, in FigureAmounts other) => new()
    {
        Rows = one.Rows + other.Rows,
        Input = one.Input + other.Input,
        Output = one.Output + other.Output,
        Cached = one.Cached + other.Cached,
        Reasoning = one.Reasoning + other.Reasoning,
        RecordedCached = one.RecordedCached + other.RecordedCached,
    };
}

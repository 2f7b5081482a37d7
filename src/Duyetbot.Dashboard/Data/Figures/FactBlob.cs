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

    /// <summary>1 for archived messages, plus 2 where their event ended in error.</summary>
    public int Flags { get; init; }

    public bool IsArchived => (Flags & 1) != 0;

    /// <summary>The event ended in error.</summary>
    public bool HasError => (Flags & 2) != 0;

    /// <summary>The flags of a message.</summary>
    public static int FlagsOf(bool isArchived, bool hasError) => (isArchived ? 1 : 0) + (hasError ? 2 : 0);

    /// <summary>By every part in turn, so that the same facts always make the same bytes.</summary>
    public int CompareTo(FactKey other) => Parts.CompareTo(other.Parts);

    private (int, int, int, int, int, int, int, (int, int, int)) Parts =>
        (Conversation, User, Username, Platform, Model, Source, Role, (Visibility, Agent, Flags));
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
            foreach (var number in (ReadOnlySpan<int>)[key.Conversation, key.User, key.Username, key.Platform, key.Model, key.Source, key.Role, key.Visibility, key.Agent, key.Flags])
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
            // In the order in which they are packed.
            Key = new FactKey
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
                Flags = Number(),
            };
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
        Varint.Write(bytes, amounts.RecordedCached - amounts.Cached);
        Varint.Write(bytes, amounts.Reasoning);
    }

    public static FigureAmounts Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (rows, input, output, cached) = (Varint.Read(bytes, ref at), Varint.Read(bytes, ref at), Varint.Read(bytes, ref at), Varint.Read(bytes, ref at));
        return new FigureAmounts
        {
            Rows = rows,
            Input = input,
            Output = output,
            Cached = cached,
            RecordedCached = cached + Varint.Read(bytes, ref at),
            Reasoning = Varint.Read(bytes, ref at),
        };
    }

    public static FigureAmounts Plus(this in FigureAmounts one, in FigureAmounts other) => new()
    {
        Rows = one.Rows + other.Rows,
        Input = one.Input + other.Input,
        Output = one.Output + other.Output,
        Cached = one.Cached + other.Cached,
        RecordedCached = one.RecordedCached + other.RecordedCached,
        Reasoning = one.Reasoning + other.Reasoning,
        Cost = one.Cost + other.Cost,
        Unpriced = one.Unpriced + other.Unpriced,
    };
}

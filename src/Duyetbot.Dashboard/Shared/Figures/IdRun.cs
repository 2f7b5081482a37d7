namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Different numbers in ascending order, each packed as the distance to the one before; a stretch of a longer array.</summary>
/// <param name="source">Where they are packed.</param>
/// <param name="offset">Their first byte.</param>
/// <param name="count">How many numbers.</param>
public readonly struct IdRun(byte[] source, int offset, int count)
{
    /// <summary>How many numbers.</summary>
    public int Count => count;

    /// <summary>Unpacks them into the beginning of a span that is long enough.</summary>
    public void CopyTo(Span<int> target)
    {
        var at = offset;
        var id = 0;
        for (var i = 0; i < count; i++)
        {
            id += (int)Varint.Read(source, ref at);
            target[i] = id;
        }
    }

    /// <summary>Marks each number in a set.</summary>
    internal void MarkIn(IdBits bits)
    {
        var at = offset;
        var id = 0;
        for (var i = 0; i < count; i++)
        {
            id += (int)Varint.Read(source, ref at);
            bits.Add(id);
        }
    }
}

/// <summary>A set of small numbers.</summary>
internal sealed class IdBits
{
    private ulong[] _words = new ulong[64];

    public int Count { get; private set; }

    public void Add(int id)
    {
        var word = id >> 6;
        if (word >= _words.Length)
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        var bit = 1UL << (id & 63);
        if ((_words[word] & bit) != 0)
            return;
        _words[word] |= bit;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_words);
        Count = 0;
    }
}

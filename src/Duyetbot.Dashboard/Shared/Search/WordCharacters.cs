using System.Globalization;

namespace Duyetbot.Dashboard.Shared.Search;

/// <summary>The characters that words are made of, and what each stands for without case and accent: exactly as SQLite's tokenizer <c>unicode61 remove_diacritics 2</c> has it.</summary>
/// <remarks>Taken from SQLite character by character; a test compares both. The product runs without ICU, which could not be asked.</remarks>
public static class WordCharacters
{
    /// <summary>What <see cref="Fold"/> gives for a character that ends a word.</summary>
    public const int None = 0;

    /// <summary>What <see cref="Fold"/> gives for an accent that stands by itself: it belongs to the word before it and is not compared.</summary>
    public const int Dropped = -1;

    // Beyond it are ideographs, which have no case, and invisible tags.
    private const int TableSize = 0x20000;

    private static readonly int[] Table = Read();

    /// <summary>The character as words compare it, or <see cref="None"/>, or <see cref="Dropped"/>.</summary>
    public static int Fold(int character) => character < TableSize ? Table[character]
        : character is 0xE0001 or (>= 0xE0020 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF) ? None : character;

    // Each line: the first and the last of a range in hexadecimal; then what is added to them, or x for dropped ones.
    private static int[] Read()
    {
        var table = new int[TableSize];
        for (var c = '0'; c <= '9'; c++)
            table[c] = c;
        for (var c = 'a'; c <= 'z'; c++)
            table[c] = table[c - 32] = c;
        using var reader = new StreamReader(typeof(WordCharacters).Assembly.GetManifestResourceStream("search/word-characters.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            var last = int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            for (var c = int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture); c <= last; c++)
                table[c] = parts[2] == "x" ? Dropped : c + int.Parse(parts[2], CultureInfo.InvariantCulture);
        }

        return table;
    }
}

using CsCheck;

namespace Duyetbot.Dashboard.IntegrationTests.Search;

/// <summary>Random texts and searches in many scripts, made of few letters so that they meet.</summary>
internal static class SearchTexts
{
    private static readonly string[] Alphabets =
    [
        "abcAB", "aáạâấăÂĐđeéêế", "привПРИйё", "αάβσςΣω", "天气很好今模型", "はをガかー゛ド", "กขคาิ์่ๆ", "ابكتُ", "학교에서", "कखिी्", "019٣", "🙂→+-*\"'%_\\.:()^ſİıßﬁ\u0301\u0323",
    ];

    private static readonly Gen<string> Word = OneOf(Alphabets).SelectMany(a => Gen.Char[a].Array[1, 5].Select(c => new string(c)));

    private static readonly Gen<string> Mixed = Gen.Select(Word, Word, (a, b) => a + b);

    private static readonly Gen<string> Part = Gen.Frequency((6, Word), (2, Mixed), (1, OneOf("  ", ", ", "\n", "。", "\0", "\ud83d", "-", "\"")));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>A message.</summary>
    public static readonly Gen<string> Text = Part.Array[0, 8].Select(OneOf(" ", " ", ""), (parts, between) => string.Join(between, parts));

    /// <summary>A search that often finds something in one of the texts.</summary>
    public static Gen<string> SearchOf(IReadOnlyList<string> texts)
    {
        var piece = Gen.Select(Gen.Int[0, texts.Count - 1], Gen.Int[0, 40], Gen.Int[1, 8], (text, from, length) =>
        {
            var t = texts[text];
            return from >= t.Length ? t : t.Substring(from, Math.Min(length, t.Length - from));
        });
        var word = Gen.Select(Gen.Int[0, texts.Count - 1], Gen.Int[0, 8], (text, index) => texts[text].Split(' ') is var words && index < words.Length ? words[index] : words[0]);
        var term = Gen.Select(Gen.Frequency((3, word), (1, piece)), Gen.Int[0, 9], (t, kind) => kind switch
        {
            0 => $"\"{t}\"",
            1 => t + "*",
            2 => "-" + t,
            3 => t.ToUpperInvariant(),
            _ => t,
        });
        return term.Array[1, 3].Select(t => string.Join(' ', t));
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>Texts that try to run a script, to fetch something or to lead away; made by a grammar from a seed, the same seed gives the same texts.</summary>
/// <remarks>A script among them calls <c>hit</c>, which a test defines; everything that is fetched is on <see cref="Host"/>.</remarks>
public static partial class HostileTexts
{
    /// <summary>The host that must never be asked for anything.</summary>
    public const string Host = "evil.example";

    private const int MaxDepth = 7;

    /// <summary>As many texts as asked for.</summary>
    public static List<string> Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Expand("{text}", random, 0))];
    }

    private static string Expand(string template, Random random, int depth) => Place().Replace(template, m => m.Groups[1].Value switch
    {
        "js" => Pick(HostileGrammar.Scripts, random),
        "url" => Url(random),
        "on" => On(random),
        "nl" => "\n",
        "zero" => "\0",
        var name when depth >= MaxDepth && name is "text" or "mixed" => Pick(HostileGrammar.Rules["leaf"], random),
        var name => Expand(Pick(HostileGrammar.Rules[name], random), random, depth + 1),
    });

    private static string On(Random random) => Pick(HostileGrammar.Handlers, random) + Pick(["=", " = ", "\n=\t", "="], random) + Pick(["hit(1)", "\"hit(1)\"", "'hit(1)'", "`hit(1)`", "&#104;it(1)", "hit&lpar;1&rpar;"], random);

    private static string Url(Random random)
    {
        var script = Pick(HostileGrammar.Scripts, random);
        return random.Next(10) switch
        {
            < 5 => Disguise("javascript:", random) + script,
            5 => Disguise("vbscript:", random) + script,
            6 => Disguise(Pick(["data:text/html,", "data:image/svg+xml,", "data:text/html;charset=utf-7,"], random), random) + $"<script>{script}</script>",
            7 => Disguise("data:text/html;base64,", random) + Convert.ToBase64String(Encoding.UTF8.GetBytes($"<script>{script}</script>")),
            _ => Pick(HostileGrammar.Addresses, random),
        };
    }

    // As many ways to write a scheme as a lenient reader takes for the same.
    private static string Disguise(string scheme, Random random)
    {
        var at = random.Next(1, scheme.Length - 1);
        return random.Next(16) switch
        {
            0 => string.Concat(scheme.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c)),
            1 => string.Concat(scheme.Select(c => $"&#{(int)c};")),
            2 => string.Concat(scheme.Select(c => $"&#x{(int)c:x}")),
            3 => string.Concat(scheme.Select(c => $"&#{((int)c).ToString("D8", CultureInfo.InvariantCulture)}")),
            4 => scheme.Insert(at, Pick(["&Tab;", "&NewLine;", "&#9;", "&#x0A;", "&#13"], random)),
            5 => scheme.Insert(at, Pick(["\t", "\0", "\u200b", "\u00ad", "\r"], random)),
            6 => Pick([" ", "\u0001", "\u001f", "\u00a0", "\ufeff", "&nbsp;", "&#1;", "&#14; "], random) + scheme,
            7 => scheme.Replace(":", "&colon;", StringComparison.Ordinal),
            8 => scheme.Replace(":", "&#58;", StringComparison.Ordinal),
            9 => Uri.HexEscape(scheme[0]) + scheme[1..],
            10 => string.Concat(scheme.Select(c => $"&amp;#{(int)c};")),
            11 => scheme.Insert(at, "\\"),
            12 => scheme.Insert(at, Pick(["\u202e", "\u2066", "\u202c"], random)),
            13 => "view-source:" + scheme,
            _ => scheme,
        };
    }

    private static string Pick(IReadOnlyList<string> among, Random random) => among[random.Next(among.Count)];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}

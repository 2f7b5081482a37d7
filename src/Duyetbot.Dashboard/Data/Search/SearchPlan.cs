using System.Text;
using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>A statement that gives numbers of the index in which a search may be found; together they leave none out.</summary>
/// <param name="Rows">SELECT of one column, <c>search_id</c>, that ends with a condition.</param>
/// <param name="Number">The column's own name, for further conditions.</param>
/// <param name="Parameters">Its values.</param>
/// <param name="IsExact">True where every row is a hit; false where each has still to be looked at.</param>
internal sealed record SearchSource(string Rows, string Number, IReadOnlyList<(string Name, string Value)> Parameters, bool IsExact);

/// <summary>How the index answers a search.</summary>
internal sealed class SearchPlan
{
    private readonly List<SearchSource> _sources = [];

    private SearchPlan(string prefix) => Prefix = prefix;

    /// <summary>What the parameters' names begin with.</summary>
    public string Prefix { get; }

    /// <summary>Where hits are; none where only looking at every text helps (signs alone, exclusions alone).</summary>
    public IReadOnlyList<SearchSource> Sources => _sources;

    /// <summary>Plans a search.</summary>
    /// <param name="query">What is searched for.</param>
    /// <param name="prefix">What the parameters' names begin with.</param>
    public static SearchPlan Of(SearchQuery query, string prefix)
    {
        var plan = new SearchPlan(prefix);
        var pieces = query.Wanted.Where(t => t.Kind == SearchTermKind.Piece).ToList();
        var words = query.Wanted.Where(t => t.Kind == SearchTermKind.Words).ToList();
        if (pieces.Count > 0)
        {
            plan.AddRuns(pieces);
        }
        else if (words.Count > 0)
        {
            var match = string.Join(" AND ", words.Select(Expression));
            plan.Add("SELECT rowid AS search_id FROM search_words WHERE search_words MATCH {0}", [match], isExact: words.Count == query.Terms.Count);
            // A word that stands right beside a script without spaces is no word of its own for the tokenizer.
            foreach (var word in words)
                plan.AddRuns([word]);
        }

        return plan;
    }

    private void AddRuns(IReadOnlyList<SearchTerm> terms)
    {
        var trigrams = terms.SelectMany(t => Trigrams(t.Text)).Distinct(StringComparer.Ordinal).Take(60).ToList();
        if (trigrams.Count > 0)
        {
            Add("SELECT rowid AS search_id FROM search_runs WHERE search_runs MATCH {0}", [string.Join(" AND ", trigrams.Select(Quote))], isExact: false);
            return;
        }

        // Too short for one of the index's terms: every term that begins with it, or at least with what of it has a case that is known.
        var text = terms.Select(t => Known(t.Text)).MaxBy(t => t.Length)!;
        Add("SELECT DISTINCT doc AS search_id FROM search_run_terms WHERE term >= {0} AND term <= {1}", [text, text + "\U0010FFFF"], isExact: false, "doc");
    }

    // SQLite folds some letters otherwise than .NET (ſ, ς, İ, …). The longest piece without such, as the index writes it; empty where there is none.
    private static string Known(string text)
    {
        var best = "";
        var piece = "";
        foreach (var rune in text.EnumerateRunes())
        {
            piece = IsKnown(rune) ? piece + Rune.ToLowerInvariant(rune) : "";
            best = piece.Length > best.Length ? piece : best;
        }

        return best;
    }

    private static bool IsKnown(Rune rune) => rune.Value switch
    {
        0 => false,
        < 0x80 or (>= 0xC0 and <= 0xFF) or (>= 0x410 and <= 0x44F) or (>= 0x1EA0 and <= 0x1EF9) => true,
        0x102 or 0x103 or 0x110 or 0x111 or 0x1A0 or 0x1A1 or 0x1AF or 0x1B0 => true,
        _ => RunScripts.Holds(rune.Value) && Rune.ToLowerInvariant(rune) == rune && Rune.ToUpperInvariant(rune) == rune,
    };

    private void Add(string rows, IReadOnlyList<string> values, bool isExact, string number = "rowid")
    {
        var parameters = values.Select((v, i) => (Name: $"{Prefix}{_sources.Count}_{i}", Value: v)).ToList();
        _sources.Add(new SearchSource(string.Format(null, rows, [.. parameters.Select(p => "@" + p.Name)]), number, parameters, isExact));
    }

    // Folded words hold neither quotes nor anything else that the index's language knows.
    private static string Expression(SearchTerm term) => $"\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? "*" : "")}";

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Three characters each. A zero would end the statement's text.
    private static IEnumerable<string> Trigrams(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        for (var i = 0; i + 3 <= runes.Count; i++)
        {
            var trigram = new StringBuilder().Append(runes[i]).Append(runes[i + 1]).Append(runes[i + 2]).ToString();
            if (!trigram.Contains('\0', StringComparison.Ordinal))
                yield return trigram;
        }
    }
}

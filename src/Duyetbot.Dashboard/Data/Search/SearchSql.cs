using System.Text;
using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>A search as a clause of SQL that is right whatever the index holds already.</summary>
public static class SearchSql
{
    /// <summary>The highest id that has a place in the index; its rows' numbers end with 31 bits of it.</summary>
    public const long MaxId = 0x7FFF_FFFF;

    /// <summary>Ids at or below this are not in the index, as a scalar of SQL.</summary>
    internal const string Missing = "MAX(-1, COALESCE((SELECT missing_up_to FROM search_build), 9223372036854775807))";

    /// <summary>The condition that a message is a hit.</summary>
    /// <param name="text">What is searched for.</param>
    /// <param name="id">The column of the message's id.</param>
    /// <param name="content">The column of its text.</param>
    /// <param name="prefix">What the parameters' names begin with.</param>
    /// <param name="add">Receives each parameter's name and value.</param>
    /// <param name="from">Where the messages begin that another condition leaves, Unix ms; null for all. Those before may be left out here already.</param>
    /// <param name="to">Where they end.</param>
    public static string Clause(string text, string id, string content, string prefix, Action<string, object?> add, long? from = null, long? to = null)
    {
        var ids = Ids(text, prefix, add, from, to);
        return ids is null ? Matches(text, content, prefix, add) : $"{id} IN ({ids})";
    }

    /// <summary>The same whatever the index holds, by looking at the text alone: for few messages, and for signs, which the index does not have.</summary>
    public static string Scan(string text, string content, string prefix, Action<string, object?> add)
    {
        add(prefix, text);
        return Matches(text, content, prefix, add);
    }

    /// <summary>A SELECT of the ids of all hits; null where only looking at every text helps. The text itself is always added as a parameter.</summary>
    public static string? Ids(string text, string prefix, Action<string, object?> add, long? from = null, long? to = null)
    {
        add(prefix, text);
        var plan = SearchPlan.Of(SearchQuery.Parse(text), prefix + "_");
        if (plan.Sources.Count == 0)
            return null;
        foreach (var (name, value) in plan.Sources.SelectMany(s => s.Parameters))
            add(name, value);
        var range = "";
        if (from is not null)
        {
            add(prefix + "_low", SearchHits.SecondOf(from) << 31);
            range += $" AND {{0}} >= @{prefix}_low";
        }

        if (to is not null)
        {
            add(prefix + "_high", (SearchHits.SecondOf(to) << 31) | MaxId);
            range += $" AND {{0}} <= @{prefix}_high";
        }

        var indexed = plan.Sources.Select(s => s.IsExact
            ? $"SELECT search_id & {MaxId} FROM ({s.Rows}{string.Format(null, range, s.Number)})"
            : $"SELECT t.id FROM chat_messages t WHERE t.id IN (SELECT search_id & {MaxId} FROM ({s.Rows}{string.Format(null, range, s.Number)})) AND search_match(t.content, @{prefix})");
        return string.Join(" UNION ALL ", indexed.Append(
            $"SELECT t.id FROM chat_messages t WHERE t.id <= {Missing} AND search_match(t.content, @{prefix})").Append(
            $"SELECT t.id FROM chat_messages t WHERE t.id > {MaxId} AND search_match(t.content, @{prefix})"));
    }

    private static string Matches(string text, string content, string prefix, Action<string, object?> add)
    {
        var signs = SearchQuery.Parse(text).Wanted.Where(t => t.Kind == SearchTermKind.Signs && IsFoundByItsBytes(t.Text)).Select(t => t.Text).ToList();
        if (signs.Count == 0)
            return $"search_match({content}, @{prefix})";
        for (var i = 0; i < signs.Count; i++)
            add($"{prefix}_sign{i}", signs[i]);
        // SQLite's own search for bytes keeps most texts out of .NET, which takes many times as long.
        return $"CASE WHEN {string.Join(" AND ", signs.Select((_, i) => $"instr({content}, @{prefix}_sign{i})"))} THEN search_match({content}, @{prefix}) ELSE 0 END";
    }

    // No letter in another case, nothing that stands for broken text, no end of a text in C.
    private static bool IsFoundByItsBytes(string text) => text.EnumerateRunes().All(r => r.Value != 0 && r != Rune.ReplacementChar && Rune.ToLowerInvariant(r) == r && Rune.ToUpperInvariant(r) == r);
}

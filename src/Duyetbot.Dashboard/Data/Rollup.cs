namespace Duyetbot.Dashboard.Data;

/// <summary>A derived table that holds a view's own output per key, and the table in which triggers mark keys dirty.</summary>
/// <param name="Table">The table that holds the view's output.</param>
/// <param name="View">The view that defines every figure.</param>
/// <param name="Key">The key column, the same name in table, view and dirty table.</param>
/// <param name="DirtyTable">The keys whose rows in <paramref name="Table"/> are stale.</param>
/// <param name="Columns">The columns of <paramref name="Table"/>, all of them also columns of <paramref name="View"/>.</param>
/// <param name="Keys">SQL that selects every key from the source tables.</param>
public sealed record Rollup(string Table, string View, string Key, string DirtyTable, IReadOnlyList<string> Columns, string Keys)
{
    /// <summary>Columns that nobody reads, and that may be older than what the view says.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Every key of conversations.</summary>
    public const string Conversations = "SELECT DISTINCT session_id FROM chat_messages";

    /// <summary>Every key of events.</summary>
    public const string Events = "SELECT event_id FROM observability_events";

    /// <summary>What the table is made of.</summary>
    public DerivedTable Derived => new(Table, DirtyTable, [View], $"INSERT OR IGNORE INTO {DirtyTable}({Key}) {Keys}", [(Table, string.Join(", ", Columns.Except(Unread)))]);
}

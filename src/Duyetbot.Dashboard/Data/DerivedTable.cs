namespace Duyetbot.Dashboard.Data;

/// <summary>A derived table that its feature fills itself, for those who say what is still being built.</summary>
/// <param name="Table">The table.</param>
/// <param name="DirtyTable">The keys whose rows in <paramref name="Table"/> are stale.</param>
public sealed record DerivedTable(string Table, string DirtyTable);

namespace Duyetbot.Dashboard.Data;

/// <summary>A table that holds what views say, kept up to date in the background; readers take what is marked dirty from the views.</summary>
/// <param name="Table">The table.</param>
/// <param name="DirtyTable">The keys whose rows in <paramref name="Table"/> are stale.</param>
/// <param name="Views">The views that it holds; those that they read from need not be named.</param>
/// <param name="MarkAll">SQL that marks every key dirty, those among them that are marked already.</param>
/// <param name="Contents">What is compared when the table is verified: per table that belongs to it, its columns in SQL; the first is the table itself.</param>
/// <param name="Format">Goes up with every change to how rows are made of the views.</param>
public sealed record DerivedTable(string Table, string DirtyTable, IReadOnlyList<string> Views, string MarkAll, IReadOnlyList<(string Table, string Columns)> Contents, int Format = 1);

namespace Duyetbot.Dashboard.Data;

/// <summary>Where the rows of one duplicate table went; the three add up to <paramref name="Rows"/>.</summary>
/// <param name="Table">The duplicate table.</param>
/// <param name="Rows">Rows that it held.</param>
/// <param name="Matched">Rows that a source table already had; what only the duplicate knew was merged.</param>
/// <param name="Inserted">Rows that only the duplicate had; they are source rows now.</param>
/// <param name="Kept">Rows that repeat another; they are kept whole under a source row's <c>metadata.$.legacy</c>.</param>
public sealed record RescueCount(string Table, long Rows, long Matched, long Inserted, long Kept);

/// <summary>What a run of the migrator did, or would do.</summary>
public sealed record MigrationReport
{
    /// <summary>Migrations that were applied, in order.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    /// <summary>Migrations whose work was there already and which only entered the journal.</summary>
    public IReadOnlyList<string> Recorded { get; init; } = [];

    /// <summary>Migrations that were there before.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>Objects that were made anew because their definition differed: tables, indexes, triggers and views.</summary>
    public IReadOnlyList<string> Remade { get; init; } = [];

    /// <summary>Where the duplicate tables' rows went; empty when there were none.</summary>
    public IReadOnlyList<RescueCount> Rescued { get; init; } = [];

    /// <summary>The copy from before the first pending migration, or null when none was needed.</summary>
    public string? CopyPath { get; init; }

    /// <summary>Whether nothing had to be done.</summary>
    public bool IsUpToDate => Applied.Count == 0 && Recorded.Count == 0 && Remade.Count == 0;
}

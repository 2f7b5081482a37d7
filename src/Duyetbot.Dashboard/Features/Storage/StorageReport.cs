using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Search;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>The database file and what is in it.</summary>
public sealed record StorageReport
{
    /// <summary>The file's full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The file's size in bytes, its write-ahead log aside.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes within it that deleted rows left, and that new rows take first.</summary>
    public long FreeBytes { get; init; }

    /// <summary>The write-ahead log's size in bytes.</summary>
    public long LogBytes { get; init; }

    /// <summary>What is free on its disk, in bytes.</summary>
    public long DiskBytes { get; init; }

    /// <summary>The version of SQLite.</summary>
    public string SqliteVersion { get; init; } = "";

    /// <summary>Views, indexes and triggers.</summary>
    public StorageParts Parts { get; init; } = new();

    /// <summary>Rows of each source table.</summary>
    public IReadOnlyList<(string Table, long Count)> Rows { get; init; } = [];

    /// <summary>What was applied, the newest first.</summary>
    public IReadOnlyList<AppliedMigration> Migrations { get; init; } = [];
}

/// <summary>How many parts the schema has.</summary>
public sealed record StorageParts
{
    /// <summary>Tables, those of the text index not among them.</summary>
    public long Tables { get; init; }

    /// <summary>Views.</summary>
    public long Views { get; init; }

    /// <summary>Indexes, those that SQLite makes by itself not among them.</summary>
    public long Indexes { get; init; }

    /// <summary>Triggers.</summary>
    public long Triggers { get; init; }
}

/// <summary>A step of the schema's history.</summary>
public sealed record AppliedMigration
{
    /// <summary>The file's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was applied or recorded, in Unix ms; null where the journal does not say.</summary>
    public long? AppliedAt { get; init; }
}

/// <summary>How fresh is what is derived.</summary>
/// <param name="Tables">Every derived table.</param>
/// <param name="Search">The full-text index.</param>
public sealed record DerivedReport(IReadOnlyList<DerivedFreshness> Tables, SearchProgress Search)
{
    /// <summary>True where nothing waits.</summary>
    public bool IsFresh => Search.IsComplete && Tables.All(t => t.Dirty == 0);
}

using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>What people call the tables.</summary>
internal static class StorageWords
{
    /// <summary>The word for a source table; its own name where there is none.</summary>
    public static string Of(string table) => table switch
    {
        ImportTables.Messages => "Messages",
        ImportTables.Events => "Events",
        ImportTables.Prices => "Prices",
        ImportTables.Annotations => "Titles and notes",
        _ => table,
    };
}

using System.Runtime.CompilerServices;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data;

/// <summary>Tells SQLite not to count the memory that it holds: nobody asks, and counting takes one lock of the process at every allocation.</summary>
internal static class SqliteMemory
{
    private const int MemoryStatus = 9; // SQLITE_CONFIG_MEMSTATUS

    /// <summary>False where SQLite had been used before.</summary>
    public static bool IsUncounted { get; private set; }

    // Before anything else runs: refused once SQLite has been used in the process, which changes nothing but speed.
    [ModuleInitializer]
    internal static void LeaveUncounted()
    {
        Batteries_V2.Init();
        IsUncounted = raw.sqlite3_config(MemoryStatus, 0) == raw.SQLITE_OK;
    }
}

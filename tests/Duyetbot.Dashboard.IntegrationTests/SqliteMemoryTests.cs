using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests;

/// <summary>What must be said to SQLite before its first use has been said in time.</summary>
public sealed class SqliteMemoryTests
{
    [Fact]
    public void Sqlite_InThisProcess_CountsNoMemory()
    {
        using var database = new TestDatabase();

        Assert.True(SqliteMemory.IsUncounted);
        Assert.Equal(0, SQLitePCL.raw.sqlite3_memory_used());
    }
}

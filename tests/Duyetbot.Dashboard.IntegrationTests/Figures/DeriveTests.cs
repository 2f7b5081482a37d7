using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>What is derived gives way to what is written.</summary>
public sealed class DeriveTests : IDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Database Database => _database.Database;

    [Fact]
    public async Task Derive_WhileOthersWrite_RestsWithoutHoldingTheWriter()
    {
        await Database.WriteAsync(_ => 0, Token);

        // It rests for three times as long as it worked, and the next one waits for it.
        var work = new TaskCompletionSource();
        var resting = Database.DeriveAsync(_ => Work(work), Token);
        var next = Database.DeriveAsync(_ => 2, Token);
        await work.Task;
        Assert.Equal(3, await Database.WriteAsync(_ => 3, Token));

        Assert.False(resting.IsCompleted);
        Assert.False(next.IsCompleted);
        Assert.Equal(1, await resting);
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task Derive_ThatFails_LetsTheNextOneIn()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.DeriveAsync<int>(_ => throw new InvalidOperationException(), Token));

        Assert.Equal(1, await Database.DeriveAsync(_ => 1, Token));
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static int Work(TaskCompletionSource done)
    {
        Thread.Sleep(400);
        done.SetResult();
        return 1;
    }
}

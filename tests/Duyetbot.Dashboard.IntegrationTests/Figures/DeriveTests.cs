using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Time.Testing;

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
        var time = new RestTime();
        using var database = new Database(_database.File, time: time);
        await database.WriteAsync(_ => 0, Token);

        // It rests for three times as long as it worked, and the next one waits for it.
        var resting = database.DeriveAsync(_ => Work(time), Token);
        var next = database.DeriveAsync(_ => 2, Token);
        Assert.Equal(TimeSpan.FromSeconds(1.2), await time.Rest);
        Assert.Equal(3, await database.WriteAsync(_ => 3, Token));

        Assert.False(resting.IsCompleted);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1.2));
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

    private static int Work(RestTime time)
    {
        time.Advance(TimeSpan.FromSeconds(0.4));
        return 1;
    }

    private sealed class RestTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource<TimeSpan> _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>How long the first rest is, once it has begun.</summary>
        public Task<TimeSpan> Rest => _rest.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _rest.TrySetResult(dueTime);
            return timer;
        }
    }
}

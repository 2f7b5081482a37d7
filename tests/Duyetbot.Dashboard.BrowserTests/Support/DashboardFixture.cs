using Duyetbot.Dashboard.BrowserTests.Support;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DashboardFixture))]

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>One served demo database and one Chromium for all tests; each test has its own browser context.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private TestServer? _server;
    private Chromium? _chromium;

    /// <summary>The product, serving the demo database on loopback.</summary>
    public TestServer Server => _server ?? throw new InvalidOperationException("Nothing is started.");

    /// <summary>The file behind the pages, for plain sums.</summary>
    public TestDatabase Database => _database ?? throw new InvalidOperationException("Nothing is started.");

    /// <summary>The browser; skips the test where the machine has none.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_chromium is null, Chromium.Missing ?? "");
            return _chromium!.Browser;
        }
    }

    /// <summary>Ids to open, the same in every run.</summary>
    public Samples Samples { get; private set; } = null!;

    /// <summary>The product over a database, where it is <see cref="TestDatabase.Now"/>; a test that writes has a database of its own, since the shared one is read by others meanwhile.</summary>
    public static Task<TestServer> ServeAsync(TestDatabase database) =>
        TestServer.StartAsync(database.File, b => b.Services.AddSingleton<TimeProvider>(new FixedClock()));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Chromium.RequireVariable) == "1" && Chromium.Missing is { } missing)
            throw new InvalidOperationException(missing);
        _database = new TestDatabase();
        // Two months, so that the last one has a period to be compared with.
        var end = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now);
        await DemoData.WriteAsync(_database.Database, new DemoOptions { Messages = 40_000, Days = 61, End = end }, progress: null, TestContext.Current.CancellationToken);
        OddRows.Insert(_database);
        Samples = Samples.From(_database.Connection);
        // Roll-ups are made by the server itself; figures are right before they are.
        _server = await ServeAsync(_database);
        _chromium = await Chromium.StartAsync();
        Assertions.SetDefaultExpectTimeout(15_000);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _database?.Dispose();
    }

    /// <summary>Says that it is <see cref="TestDatabase.Now"/>; timers run as usual.</summary>
    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now);
    }
}

using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>One product in Token mode for the tests of a class, none of which gives wrong tokens.</summary>
public sealed class Door : IAsyncLifetime
{
    public TestDatabase Database { get; } = new();

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await Visitor.ServeAsync(Database.File);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Database.Dispose();
    }
}

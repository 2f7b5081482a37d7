using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>A server with the real clock and without anything that reads in the background: a key that holds the moment would differ between prerender and circuit.</summary>
public sealed class RealClockServer(DashboardFixture fixture) : IAsyncLifetime
{
    /// <summary>The server, on the database of <see cref="DashboardFixture"/>.</summary>
    public TestServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(fixture.Database.File, builder =>
    {
        foreach (var refresher in builder.Services.Where(d => d.ServiceType == typeof(IHostedService) && (d.ImplementationFactory is not null || d.ImplementationType?.Assembly == typeof(Database).Assembly)).ToList())
            builder.Services.Remove(refresher);
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

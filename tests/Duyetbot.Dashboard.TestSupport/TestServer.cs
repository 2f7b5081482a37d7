using Duyetbot.Dashboard.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>The product itself on real Kestrel, on a free port of loopback.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client with that address.</summary>
    public HttpClient Client { get; }

    /// <summary>Every endpoint that it serves.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>The product's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Migrates the file and starts.</summary>
    /// <param name="file">The database to serve.</param>
    /// <param name="configure">Changes to the builder: a fixed clock, another setting.</param>
    /// <param name="settings">Settings besides the file and the address; without sign-in unless they name another mode.</param>
    /// <param name="map">Changes to the application: an endpoint more.</param>
    public static async Task<TestServer> StartAsync(DatabaseFile file, Action<WebApplicationBuilder>? configure = null, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplication>? map = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Dashboard"] = $"Data Source={file.FullPath}",
            ["Urls"] = "http://127.0.0.1:0",
            ["Dashboard:Auth:Mode"] = "Unsecured",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        var app = DashboardHost.Build(all, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            configure?.Invoke(builder);
        });
        map?.Invoke(app);
        DashboardHost.Migrate(app);
        await app.StartAsync();
        return new TestServer(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Data.Views;
using Duyetbot.Dashboard.Features;
using Duyetbot.Dashboard.Layout;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard;

/// <summary>Puts the product together: settings, data, features, endpoints.</summary>
public static class DashboardHost
{
    /// <summary>Builds the application; nothing is opened or served yet.</summary>
    /// <param name="settings">Settings that win over files and environment, for the command line and for tests.</param>
    /// <param name="configure">Last changes to the builder, for tests.</param>
    /// <exception cref="StartupException">A setting is wrong; the message names its key.</exception>
    public static WebApplication Build(IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardHost).Assembly.GetName().Name,
            ContentRootPath = Environment.GetEnvironmentVariable("ASPNETCORE_CONTENTROOT") ?? AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseStaticWebAssets();
        var options = DashboardOptions.Read(builder.Configuration);
        // Not in appsettings.json: a value there would win over ASPNETCORE_URLS.
        var urls = builder.Configuration["Urls"] ?? "http://localhost:5080";
        var access = AccessOptions.Read(builder.Configuration, urls);
        builder.WebHost.UseUrls(urls.Split(';'));

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        var file = new DatabaseFile(builder.Configuration.GetConnectionString("Dashboard") ?? "Data Source=data/duyetbot.db");
        builder.Services.AddSingleton(file);
        // Beside the database, so that open pages survive a restart.
        builder.Services.AddDataProtection()
            .SetApplicationName("Duyetbot.Dashboard")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(file.Folder, "keys")));
        builder.AddAccess(access);
        builder.Services.AddSingleton(s => new Database(s.GetRequiredService<DatabaseFile>()));
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddSingleton<DerivedSources>();
        builder.Services.AddSingleton<RollupRefresher>();
        builder.Services.AddSingleton<IDerivedRefresher>(s => s.GetRequiredService<RollupRefresher>());
        builder.Services.AddHostedService(s => s.GetRequiredService<RollupRefresher>());
        builder.Services.AddSingleton<DerivedData>();
        builder.Services.AddSingleton(new DatabaseVerifier(file, OnCopies(settings)));
        builder.Services.AddSingleton<SavedViewStore>();
        builder.Services.AddSingleton<NewDataQueries>();
        builder.Services.AddSingleton<DataWatcher>();
        builder.Services.AddHostedService(s => s.GetRequiredService<DataWatcher>());
        builder.Services.AddFigures(options.TimeZone);
        builder.Services.AddSearchIndex();
        builder.Services.AddWebShell();
        builder.Services.AddFeatures();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseWebShell();
        app.MapFeatures();
        return app;
    }

    /// <summary>Migrates the database, and marks what is derived from views that have changed; runs before anything listens.</summary>
    /// <exception cref="DatabaseRefusedException">The database cannot be used; nothing was written.</exception>
    public static void Migrate(WebApplication app)
    {
        app.Services.GetRequiredService<Migrator>().Run();
        app.Services.GetRequiredService<DerivedSources>().MakeCurrentAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Builds the product's services on a copy of the database, with the same settings; nothing is served.</summary>
    internal static Func<DatabaseFile, WebApplication> OnCopies(IReadOnlyDictionary<string, string?> settings) => copy => Build(
        new Dictionary<string, string?>(settings) { ["ConnectionStrings:Dashboard"] = new SqliteConnectionStringBuilder { DataSource = copy.FullPath }.ToString() },
        b => b.Logging.AddFilter(level => level >= LogLevel.Warning));

    /// <summary>Prints where the data is, where the product listens, how to get in, and what deserves a second thought.</summary>
    public static void Announce(WebApplication app, TextWriter output)
    {
        var access = app.Services.GetRequiredService<AccessOptions>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        output.WriteLine($"Database   {app.Services.GetRequiredService<DatabaseFile>().FullPath}");
        output.WriteLine($"Dashboard  {string.Join(' ', addresses)}");
        foreach (var address in access.Mode == AuthMode.Token ? addresses : [])
            output.WriteLine($"Sign in    {access.Listening.Reachable(address)}/login?t={Uri.EscapeDataString(app.Services.GetRequiredService<SignInToken>().Current)}");
        var options = app.Services.GetRequiredService<DashboardOptions>();
        if (DatabaseCopy.SizeOf(app.Services.GetRequiredService<DatabaseFile>()) is var size && options.IsLarge(size))
            output.WriteLine($"Warning    The database takes {Formats.Bytes(size)}, more than Dashboard:Retention:MaxDatabaseMegabytes says.");
        foreach (var warning in access.Warnings)
            output.WriteLine($"Warning    {warning}");
    }
}

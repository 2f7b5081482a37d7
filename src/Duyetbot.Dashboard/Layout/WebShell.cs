using System.IO.Compression;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.ResponseCompression;
using MudBlazor;
using MudBlazor.Services;

namespace Duyetbot.Dashboard.Layout;

/// <summary>What pages and API have in common: components, headers, the door, errors, compression, health.</summary>
public static class WebShell
{
    /// <summary>Registers the component framework and the shared services.</summary>
    public static IServiceCollection AddWebShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(o =>
        {
            o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            o.SnackbarConfiguration.VisibleStateDuration = 6_000;
            o.SnackbarConfiguration.MaximumOpacity = 100;
            o.SnackbarConfiguration.HideTransitionDuration = 120;
            o.SnackbarConfiguration.ShowTransitionDuration = 120;
        });
        services.AddSingleton<PrerenderHandoff>();
        services.AddScoped<LiveSwitch>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddRequestDecompression();
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ResponseCompressionDefaults.MimeTypes.Concat(["application/problem+json", "image/svg+xml"]);
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        services.AddApiDocument();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        services.Configure<CircuitOptions>(o => o.DetailedErrors = false);
        return services;
    }

    /// <summary>Builds the pipeline and maps assets, health and pages.</summary>
    public static void UseWebShell(this WebApplication app)
    {
        // First, so that no answer leaves without them.
        app.UseMiddleware<SecurityHeaders>();
        app.UseProxies();
        app.UseExceptionHandler();
        app.UseResponseCompression();
        app.UseMiddleware<ServerTiming>();
        app.UseWhen(
            c => c.Request.Path.StartsWithSegments("/api"),
            api => api.UseStatusCodePages(),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAccess();
        // After routing, which knows how much an endpoint takes, and after the door.
        app.UseRequestDecompression();
        app.UseAntiforgery();
        // What is open to everybody: this, the sign-in page, nothing else.
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccess();
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        app.MapGet("/health/ready", async (Database database, CancellationToken token) =>
        {
            await database.CheckAsync(token);
            return Results.Text("ready");
        }).AllowAnonymous();
        app.MapOpenApi(ApiDocument.Path);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}

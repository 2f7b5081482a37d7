using System.Reflection;
using Duyetbot.Dashboard.IntegrationTests.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(EarlyAnswer))]

namespace Duyetbot.Dashboard.IntegrationTests.Ingest;

/// <summary>Breaks the product on purpose, in its own process: an ingest is acknowledged a moment before its rows are written.</summary>
/// <remarks>The process takes it in as any other hosting startup; nothing in the product knows of it.</remarks>
public sealed class EarlyAnswer : IHostingStartup, IStartupFilter
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(100);
    private static readonly Assembly Own = typeof(EarlyAnswer).Assembly;

    /// <summary>What makes a process answer too early.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = Own.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = Own.GetName().Name!,
    };

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(s => s.AddSingleton<IStartupFilter>(this));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(AnswerAsync);
        next(app);
    };

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api/v1/ingest"))
        {
            await next(context);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await context.Response.WriteAsJsonAsync(new { accepted = body.ToArray().Count(b => b == '\n') + 1 });
        await context.Response.CompleteAsync();
        await Task.Delay(Early);
        body.Position = 0;
        context.Request.Body = body;
        // What the product itself answers goes nowhere.
        context.Features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        await next(context);
    }
}

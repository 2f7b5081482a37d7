using System.Globalization;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Says in every answer how long the database took: <c>Server-Timing: db;dur=…</c>, in milliseconds.</summary>
internal sealed class ServerTiming(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var total = DbTiming.Start();
        context.Response.OnStarting(
            state =>
            {
                var (response, timing) = ((HttpResponse, DbTiming.Total))state;
                response.Headers["Server-Timing"] = "db;dur=" + timing.Milliseconds.ToString("0.###", CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            },
            (context.Response, total));
        return next(context);
    }
}

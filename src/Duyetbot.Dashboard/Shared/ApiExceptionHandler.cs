using Duyetbot.Dashboard.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Turns the errors that the API knows into problem details (RFC 9457): 400 names the parameter, 503 says when to come back.</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = 499;
            return true;
        }

        var (status, title) = exception switch
        {
            InvalidParameterException => (400, "A parameter is wrong."),
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read."),
            _ when IsMiscoded(exception) => (400, "The request cannot be read."),
            NotFoundException => (404, "There is no such thing."),
            DatabaseBusyException or QueryTimeoutException or OverloadException => (503, "Not now."),
            _ => (500, "Something went wrong."),
        };
        httpContext.Response.StatusCode = status;
        if (status == 503)
            httpContext.Response.Headers.RetryAfter = "5";
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = status, Title = title, Detail = status == 500 ? null : IsMiscoded(exception) ? $"The body is not what its Content-Encoding says: {exception.Message}" : exception.Message },
        });
    }

    // A body that says gzip, deflate or br and is none; for br the framework has no exception of its own.
    private static bool IsMiscoded(Exception exception) => exception is InvalidDataException
        || (exception is InvalidOperationException && exception.Source?.StartsWith("System.IO.Compression", StringComparison.Ordinal) == true);
}

/// <summary>The product takes nothing more for a moment; nothing of the request was kept, and it may be sent again.</summary>
public sealed class OverloadException(string message) : Exception(message);

/// <summary>What an address names does not exist; the message says what was looked for.</summary>
public sealed class NotFoundException(string message) : Exception(message);

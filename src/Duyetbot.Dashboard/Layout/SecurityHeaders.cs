namespace Duyetbot.Dashboard.Layout;

/// <summary>The headers that keep hostile text harmless: no foreign host, no inline script, no sniffing, no referrer, no stored copies of pages; and HTTPS for good, where it is spoken at the default port.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error on the way empties the headers, and the component framework adds a policy of its own.
        context.Response.OnStarting(
            static state =>
            {
                var request = ((HttpContext)state).Request;
                var headers = ((HttpContext)state).Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                if (request.IsHttps && IsAtItsDefaultAddress(request.Host))
                    headers.StrictTransportSecurity = "max-age=31536000";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    // The browser holds every port of the name to it, also those where other programs speak plain HTTP.
    private static bool IsAtItsDefaultAddress(HostString host) => host.Port is null or 443 && !host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
}

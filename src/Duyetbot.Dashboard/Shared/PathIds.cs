using Microsoft.AspNetCore.Http.Features;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Reads ids out of paths: one percent-encoded segment each.</summary>
/// <remarks>ASP.NET decodes a path before routing but leaves <c>%2F</c>, so a route value cannot tell the id <c>a/b</c> from <c>a%2Fb</c>; only the address as it was sent can.</remarks>
public static class PathIds
{
    /// <summary>The decoded segment of the request's path that follows another one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="after">The segment before it: <c>conversations</c> in <c>/conversations/{id}</c>.</param>
    public static string Read(HttpContext context, string after) =>
        Read(context.Features.Get<IHttpRequestFeature>() is { RawTarget.Length: > 0 } request ? request.RawTarget : context.Request.Path.ToUriComponent(), after);

    /// <summary>The decoded segment of an address that follows another one; empty where there is none.</summary>
    /// <param name="address">A path, or a whole address, with or without a query.</param>
    /// <param name="after">The segment before it.</param>
    public static string Read(string address, string after)
    {
        var segments = address.Split('?', '#')[0].Split('/');
        var at = Array.IndexOf(segments, after);
        return at >= 0 && at + 1 < segments.Length ? Uri.UnescapeDataString(segments[at + 1]) : "";
    }
}

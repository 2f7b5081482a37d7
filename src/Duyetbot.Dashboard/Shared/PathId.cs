using Microsoft.AspNetCore.Http.Features;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Reads an id out of an address's path as it was sent: routing leaves <c>%2F</c> as it is, and so cannot tell it from a literal one.</summary>
public static class PathId
{
    /// <summary>The segment after the prefix, decoded; empty where there is none.</summary>
    /// <param name="uri">An absolute address, or a path with or without a query.</param>
    /// <param name="prefix">What stands before the id, with the slash: <c>/traces/</c>.</param>
    public static string After(string uri, string prefix)
    {
        var at = uri.IndexOf(prefix, StringComparison.Ordinal);
        if (at < 0)
            return "";
        var rest = uri.AsSpan(at + prefix.Length);
        var end = rest.IndexOfAny('/', '?', '#');
        return Uri.UnescapeDataString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>The segment after the prefix in the request's own line.</summary>
    public static string After(HttpContext context, string prefix) =>
        After(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path.ToUriComponent(), prefix);
}

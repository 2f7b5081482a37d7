using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Search;

/// <summary>Recognises an address of this product in what somebody pasted.</summary>
public static class OwnUrl
{
    private const int MaxLength = 4_000;

    // Each with how many segments may follow it; a trace is also compared with another.
    private static readonly (string Page, int Segments)[] Pages =
    [
        (Urls.Conversations, 1), (Urls.Messages, 1), (Urls.Traces, 3), (Urls.Users, 1), (Urls.Usage, 0), (Urls.Agents, 0), (Urls.Pricing, 0), (Urls.Quality, 0), (Urls.Data, 0), (Urls.ApiExplorer, 0),
    ];

    /// <summary>Path and query of the page that the text names; null where it names none. Never the address of another host.</summary>
    /// <param name="text">An absolute address, or a path that begins with a slash.</param>
    /// <param name="host">Host and port of the request; an address of a loopback host is ours too, because a dashboard is reached by several names.</param>
    public static string? FindAddress(string text, string host)
    {
        text = text.Trim();
        if (text.Length > MaxLength || text.Any(char.IsControl))
            return null;
        var isPath = text.StartsWith('/');
        if (isPath)
            text = "http://" + host + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return null;
        if (!uri.IsLoopback && !string.Equals(uri.Authority, host, StringComparison.OrdinalIgnoreCase))
            return null;
        // A lone slash may well be a text to look for; a whole address is none.
        if (uri.AbsolutePath == Urls.Overview && !isPath)
            return uri.PathAndQuery;
        return Pages.Any(p => Holds(p.Page, p.Segments, uri.AbsolutePath)) ? uri.PathAndQuery : null;
    }

    private static bool Holds(string page, int segments, string path)
    {
        if (path == page)
            return true;
        if (!path.StartsWith(page + "/", StringComparison.Ordinal))
            return false;
        var rest = path[(page.Length + 1)..].Split('/');
        return rest.All(s => s.Length > 0) && (rest.Length == 1 && segments >= 1 || rest.Length is 2 or 3 && segments == 3 && rest[1] == "compare");
    }
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Which pages have saved views, and what of an address makes one.</summary>
public static class ViewPages
{
    // Where in the list one is, and what a figure once said: no part of a filter.
    private static readonly string[] Passing = ["cursor", "limit", "rows", "sums", "open", "error"];

    /// <summary>The pages, by the navigation entry under which their views stand; messages stand under conversations, which they are the rows of.</summary>
    public static readonly IReadOnlyDictionary<string, string> EntryOf = new Dictionary<string, string>
    {
        [Urls.Conversations] = Urls.Conversations,
        [Urls.Messages] = Urls.Conversations,
        [Urls.Traces] = Urls.Traces,
        [Urls.Usage] = Urls.Usage,
        [Urls.Agents] = Urls.Agents,
        [Urls.Users] = Urls.Users,
    };

    /// <summary>The query that names the filter of an address, without its question mark; a relative range stays relative.</summary>
    /// <remarks>The same filter gives the same query, in whatever order it was put together.</remarks>
    public static string QueryOf(string address) =>
        Urls.With("", Urls.Parameters(address, Passing).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new KeyValuePair<string, string?>(p.Key, p.Value))).TrimStart('?');
}

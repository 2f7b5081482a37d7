using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Which pages follow new data: lists and figures, and an open conversation, trace or user.</summary>
public static class LivePages
{
    private static readonly string[] Pages =
    [
        Urls.Overview, Urls.Conversations, Urls.Messages, Urls.Traces, Urls.Usage, Urls.Agents, Urls.Users, Urls.Pricing, Urls.Quality, Urls.Data,
    ];

    /// <summary>True where the page follows.</summary>
    /// <param name="path">The path without its query.</param>
    public static bool Holds(string path) => Pages.Contains(path) || IsOneOf(Urls.Conversations, path) || IsOneOf(Urls.Traces, path) || IsOneOf(Urls.Users, path);

    private static bool IsOneOf(string list, string path) => path.StartsWith(list + "/", StringComparison.Ordinal) && !path[(list.Length + 1)..].Contains('/');
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Which pages follow new data: the lists, an open conversation, an open trace.</summary>
public static class LivePages
{
    private static readonly string[] Lists = [Urls.Conversations, Urls.Messages, Urls.Traces, Urls.Users];

    /// <summary>True where the page follows.</summary>
    /// <param name="path">The path without its query.</param>
    public static bool Holds(string path) => Lists.Contains(path) || IsOneOf(Urls.Conversations, path) || IsOneOf(Urls.Traces, path);

    private static bool IsOneOf(string list, string path) => path.StartsWith(list + "/", StringComparison.Ordinal) && !path[(list.Length + 1)..].Contains('/');
}

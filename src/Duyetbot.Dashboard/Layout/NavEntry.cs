using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Layout;

/// <summary>A page in the navigation.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Name">Its name in the rail and in the breadcrumb.</param>
/// <param name="ShortName">Its name in the phone's tab bar.</param>
/// <param name="Icon">Its icon in icons.svg.</param>
/// <param name="Key">The letter that follows <c>g</c> on the keyboard.</param>
public sealed record NavEntry(string Path, string Name, string ShortName, string Icon, char Key)
{
    /// <summary>Every page of the navigation, in order.</summary>
    public static readonly IReadOnlyList<NavEntry> All =
    [
        new(Urls.Overview, "Overview", "Overview", "overview", 'o'),
        new(Urls.Conversations, "Conversations", "Chats", "chat", 'c'),
        new(Urls.Traces, "Traces", "Traces", "trace", 't'),
        new(Urls.Usage, "Usage", "Usage", "usage", 'u'),
    ];

    /// <summary>True where the address is this page or lies below it.</summary>
    public bool Holds(string path) => Path == "/" ? path == "/" : path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal);
}

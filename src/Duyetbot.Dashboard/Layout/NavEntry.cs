using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Layout;

/// <summary>A page in the navigation.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Name">Its name in the rail and in the breadcrumb.</param>
/// <param name="ShortName">Its name in the phone's tab bar.</param>
/// <param name="Icon">Its icon in icons.svg.</param>
/// <param name="Key">The letter that follows <c>g</c> on the keyboard; no two pages share one.</param>
/// <param name="InTabBar">True where it stands in the phone's tab bar itself; any other is behind its last entry, "More".</param>
public sealed record NavEntry(string Path, string Name, string ShortName, string Icon, char Key, bool InTabBar = false)
{
    /// <summary>Every page of the navigation, in order: what happened, then who and what took part, then what keeps the figures right.</summary>
    public static readonly IReadOnlyList<NavEntry> All =
    [
        new(Urls.Overview, "Overview", "Overview", "overview", 'o', InTabBar: true),
        new(Urls.Conversations, "Conversations", "Chats", "chat", 'c', InTabBar: true),
        new(Urls.Traces, "Traces", "Traces", "trace", 't', InTabBar: true),
        new(Urls.Usage, "Usage", "Usage", "usage", 'u', InTabBar: true),
        new(Urls.Agents, "Agents", "Agents", "agent", 'a'),
        new(Urls.Users, "Users", "Users", "users", 's'),
        new(Urls.Pricing, "Pricing", "Pricing", "price", 'p'),
        new(Urls.Quality, "Quality", "Quality", "quality", 'q'),
        new(Urls.Data, "Data", "Data", "data", 'd'),
    ];

    /// <summary>What stands in the phone's tab bar, four at most.</summary>
    public static IEnumerable<NavEntry> Tabs => All.Where(e => e.InTabBar);

    /// <summary>What stands behind "More".</summary>
    public static IEnumerable<NavEntry> More => All.Where(e => !e.InTabBar);

    /// <summary>True where the address is this page or lies below it.</summary>
    public bool Holds(string path) => Path == "/" ? path == "/" : path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal);
}

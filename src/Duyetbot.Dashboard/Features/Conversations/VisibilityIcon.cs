namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The icon of a visibility.</summary>
internal static class VisibilityIcon
{
    public static string Of(string visibility) => visibility switch
    {
        "public" => "globe",
        "unlisted" => "link",
        _ => "lock",
    };
}

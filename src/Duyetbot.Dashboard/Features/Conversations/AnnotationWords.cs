using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What a change did, in words.</summary>
internal static class AnnotationWords
{
    /// <summary>For conversations: "Starred 12 conversations".</summary>
    public static string Of(ConversationPatch patch, int count)
    {
        var what = count == 1 ? "conversation" : Formats.Plural(count, "conversation");
        return patch switch
        {
            { Title: "" } => "Title taken away",
            { Title: not null } => "Title changed",
            { Summary: "" } => "Note taken away",
            { Summary: not null } => "Note changed",
            { IsStarred: true } => $"Starred {what}",
            { IsStarred: false } => $"Took the star off {what}",
            { IsArchived: true } => $"Archived {what}",
            { IsArchived: false } => $"Took {what} out of the archive",
            _ => $"Made {what} {patch.Visibility}",
        };
    }

    /// <summary>For one message: "Pinned message".</summary>
    public static string Of(MessagePatch patch) => patch switch
    {
        { IsPinned: true } => "Pinned message",
        { IsPinned: false } => "Unpinned message",
        { IsArchived: true } => "Archived message",
        { IsArchived: false } => "Took message out of the archive",
        _ => $"Made message {patch.Visibility}",
    };
}

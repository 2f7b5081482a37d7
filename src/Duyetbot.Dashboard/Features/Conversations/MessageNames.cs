using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Who speaks.</summary>
internal static class MessageNames
{
    /// <summary>The user's name or id, duyetbot, or the role.</summary>
    public static string Of(MessageRow message) => message.Role switch
    {
        "user" => message.Username ?? message.UserId ?? "user",
        "assistant" => "duyetbot",
        _ => message.Role,
    };
}

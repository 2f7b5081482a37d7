namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The messages of a conversation that hold a text, in order.</summary>
/// <param name="Ids">At most 1,000.</param>
public sealed record MessageMatches(IReadOnlyList<string> Ids)
{
    /// <summary>The place of a message among the matches, from 1; 0 where it is none.</summary>
    public int PlaceOf(string? messageId) => messageId is null ? 0 : Ids.ToList().IndexOf(messageId) + 1;
}

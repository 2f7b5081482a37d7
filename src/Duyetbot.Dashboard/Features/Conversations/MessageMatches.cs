namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The messages of a conversation in which a search is found, in order.</summary>
/// <param name="Ids">At most <see cref="Max"/>.</param>
/// <param name="HasMore">True where there are more than these.</param>
public sealed record MessageMatches(IReadOnlyList<string> Ids, bool HasMore)
{
    /// <summary>So many can be jumped to.</summary>
    public const int Max = 10_000;

    /// <summary>The matches among what was read, which may be one more than <see cref="Max"/>.</summary>
    public static MessageMatches From(IReadOnlyList<string> ids) => new([.. ids.Take(Max)], ids.Count > Max);

    /// <summary>The place of a message among the matches, from 1; 0 where it is none.</summary>
    public int PlaceOf(string? messageId)
    {
        for (var i = 0; i < Ids.Count; i++)
        {
            if (Ids[i] == messageId)
                return i + 1;
        }

        return 0;
    }
}

namespace Duyetbot.Dashboard.Demo;

/// <summary>What people did with conversations: titles, stars, notes; archived, public and pinned ones.</summary>
internal static class DemoAnnotations
{
    /// <summary>Gives some conversations a title, a star, a note.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="topic">What it begins with.</param>
    /// <param name="issue">owner/repo#number for a conversation on GitHub.</param>
    /// <param name="random">Where chance comes from.</param>
    public static void Apply(DemoConversation conversation, DemoTopic topic, string? issue, DemoRandom random)
    {
        if (random.Chance(0.3))
            conversation.Title = issue is null ? topic.Title : $"{issue}: {topic.Title}";
        conversation.IsStarred = random.Chance(0.04);
        if (random.Chance(0.02))
            conversation.Summary = "Followed up with the team; see the postmortem.";
    }

    /// <summary>Archives, publishes and pins.</summary>
    public static void Mark(DemoConversation conversation, DemoRandom random)
    {
        var archived = random.Chance(0.03);
        var visibility = random.Weighted([.955, .03, .015]);
        foreach (var message in conversation.Messages)
        {
            message.IsArchived = archived;
            if (visibility > 0)
                message.Visibility = visibility == 1 ? "public" : "unlisted";
        }

        if (random.Chance(0.02))
            conversation.Messages[^1].IsPinned = true;
    }
}

using Duyetbot.Dashboard.Data.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What usage is grouped by.</summary>
public enum UsageGroup
{
    /// <summary>Everything in one.</summary>
    None,

    /// <summary>The message's platform.</summary>
    Platform,

    /// <summary>The message's user.</summary>
    User,

    /// <summary>The message's own model, else its event's.</summary>
    Model,

    /// <summary>user, assistant, system or tool.</summary>
    Role,

    /// <summary>The step's agent or worker: own tokens of steps, by the time of their event.</summary>
    Agent,

    /// <summary>The app_source of the message's event.</summary>
    Source,
}

/// <summary>The words for groups in URLs and on screen.</summary>
public static class UsageGroups
{
    /// <summary>The words that <c>group_by</c> takes, in the order of the enumeration.</summary>
    public static readonly string[] Words = ["none", "platform", "user", "model", "role", "agent", "source"];

    /// <summary>The group of a word; everything in one for null.</summary>
    public static UsageGroup Parse(string? word) => word is null ? UsageGroup.None : (UsageGroup)Array.IndexOf(Words, word);

    /// <summary>The word of a group.</summary>
    public static string Word(UsageGroup group) => Words[(int)group];

    /// <summary>What the figures are grouped by.</summary>
    public static FigureDimension Dimension(UsageGroup group) => group switch
    {
        UsageGroup.Platform => FigureDimension.Platform,
        UsageGroup.User => FigureDimension.User,
        UsageGroup.Model => FigureDimension.Model,
        UsageGroup.Role => FigureDimension.Role,
        UsageGroup.Agent => FigureDimension.Agent,
        UsageGroup.Source => FigureDimension.Source,
        _ => FigureDimension.None,
    };

    /// <summary>What one key of the group is called: "model".</summary>
    public static string Noun(UsageGroup group) => group == UsageGroup.None ? "total" : Word(group);
}

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>What figures can be grouped by.</summary>
public enum FigureDimension
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

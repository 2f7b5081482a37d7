using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>How bad a finding is; the worst first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>Something that was said or done stands in no row.</summary>
    [JsonStringEnumMemberName("data_loss")]
    DataLoss,

    /// <summary>A stored value is replaced, so that a figure may be too small.</summary>
    [JsonStringEnumMemberName("wrong_figures")]
    WrongFigures,

    /// <summary>Unusual; no figure suffers.</summary>
    [JsonStringEnumMemberName("odd")]
    Odd,
}

/// <summary>One thing that can be wrong with the data.</summary>
/// <param name="Kind">Its name in addresses and in the API.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Group">The checks that are made in one go.</param>
/// <param name="Noun">What is counted, for one: trace, message, model.</param>
/// <param name="Title">What was found, as a heading.</param>
/// <param name="Meaning">What it means, and what the dashboard does with such rows.</param>
/// <param name="Action">What to do about it.</param>
public sealed record QualityKind(string Kind, FindingSeverity Severity, QualityGroup Group, string Noun, string Title, string Meaning, string Action)
{
    /// <summary>True where such rows have no place in time, so that they are found whatever the range.</summary>
    public bool HasNoTime => Group == QualityGroup.Times;
}

/// <summary>Checks that are made in one go and arrive together.</summary>
public enum QualityGroup
{
    /// <summary>Values of traces.</summary>
    Traces,

    /// <summary>Values of messages.</summary>
    Messages,

    /// <summary>Traces and messages that name each other.</summary>
    Links,

    /// <summary>The order of a conversation.</summary>
    Order,

    /// <summary>Times that are none.</summary>
    Times,

    /// <summary>Models without a price.</summary>
    Prices,

    /// <summary>Chains of agents, read one by one.</summary>
    Chains,

    /// <summary>Traces against their steps and messages, added up one by one.</summary>
    Ledger,
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>How severities and groups of checks are called and marked.</summary>
internal static class QualityWords
{
    /// <summary>The severity in two words.</summary>
    public static string Name(FindingSeverity severity) => severity switch
    {
        FindingSeverity.DataLoss => "data loss",
        FindingSeverity.WrongFigures => "wrong figures",
        _ => "odd",
    };

    /// <summary>Its icon.</summary>
    public static string Icon(FindingSeverity severity) => severity switch
    {
        FindingSeverity.DataLoss => "err",
        FindingSeverity.WrongFigures => "warn",
        _ => "note",
    };

    /// <summary>Its colour's class.</summary>
    public static string Colour(FindingSeverity severity) => severity switch
    {
        FindingSeverity.DataLoss => "c-error",
        FindingSeverity.WrongFigures => "c-warn",
        _ => "t3",
    };

    /// <summary>What a group of checks looks at.</summary>
    public static string Name(QualityGroup group) => group switch
    {
        QualityGroup.Traces => "The values of traces",
        QualityGroup.Messages => "The values of messages",
        QualityGroup.Links => "The links between traces and messages",
        QualityGroup.Order => "The order of conversations",
        QualityGroup.Times => "The times",
        QualityGroup.Prices => "The prices of models",
        QualityGroup.Chains => "The chains of agents",
        _ => "The ledgers of traces",
    };

    /// <summary>"12 of 7,654 traces".</summary>
    public static string Of(Finding finding) => finding.Count.Checked is { } rows
        ? $"{Formats.Count(finding.Count.Count)} of {Formats.Plural(rows, finding.Kind.Noun)}"
        : Formats.Plural(finding.Count.Count, finding.Kind.Noun);

    /// <summary>What was not looked at; null where everything was.</summary>
    public static string? Bound(Finding finding) => finding.Count.IsWhole ? null
        : $"Looked at the newest {Formats.Count(finding.Count.Checked ?? 0)} of {Formats.Plural(finding.Count.Total ?? 0, finding.Kind.Noun)} in this range. A shorter range is looked through whole; the CSV file goes on to the end.";
}

using System.Globalization;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What the usage page shows, as its URL says.</summary>
public sealed record UsageView
{
    /// <summary>The grouping by token kind, which is the page's default.</summary>
    public const string Kind = "kind";

    /// <summary>The groupings that the page offers, in order.</summary>
    public static readonly IReadOnlyList<string> Groups = [Kind, "model", "platform", "user", "agent", "role", "source"];

    /// <summary>What can be measured, in the order of the switch.</summary>
    public static readonly IReadOnlyList<string> Measures = ["tokens", "cost", "messages", "conversations", "users"];

    /// <summary>How many series can be shown before the rest becomes "other".</summary>
    public static readonly IReadOnlyList<int> Tops = [3, 5, 8];

    /// <summary>One of <see cref="Measures"/>.</summary>
    public string Measure { get; init; } = "tokens";

    /// <summary>kind, or a word of <see cref="UsageGroups.Words"/>.</summary>
    public string GroupBy { get; init; } = Kind;

    /// <summary>How long a period is; null for what suits the range.</summary>
    public Granularity? Granularity { get; init; }

    /// <summary>Whether the range before is shown too.</summary>
    public bool Compare { get; init; } = true;

    /// <summary>What the value axis does with periods of very different sizes.</summary>
    public ChartAxis Axis { get; init; }

    /// <summary>The start of the chosen period in Unix ms, or null.</summary>
    public long? Period { get; init; }

    /// <summary>How many series the chart shows at most, "other" among them.</summary>
    public int Top { get; init; } = Tops[^1];

    /// <summary>Every period in the chart's own table instead of the newest.</summary>
    public bool AllPeriods { get; init; }

    /// <summary>All rows of the table instead of the first ones.</summary>
    public bool AllRows { get; init; }

    /// <summary>Which messages.</summary>
    public MessageFilter Filter { get; init; } = new();

    /// <summary>What the database is asked to group by; by kind the table is by model.</summary>
    public UsageGroup Group => GroupBy == Kind ? UsageGroup.Model : UsageGroups.Parse(GroupBy);

    /// <summary>What one row counts: messages, or steps where the grouping is by agent.</summary>
    public string RowsNoun => Group == UsageGroup.Agent ? "steps" : "messages";

    /// <summary>The measure in words: "Tokens".</summary>
    public string MeasureName => Measure switch
    {
        "cost" => "Cost",
        "messages" => Group == UsageGroup.Agent ? "Steps" : "Messages",
        "conversations" => "Conversations",
        "users" => "Users",
        _ => "Tokens",
    };

    /// <summary>True where series add up to the whole; a user or a conversation may count in several.</summary>
    public bool IsAdditive => Measure is not ("conversations" or "users");

    /// <summary>The metric of a <see cref="FigureClaim"/> about this measure.</summary>
    public string Metric => Measure == "messages" && Group == UsageGroup.Agent ? "steps" : Measure;

    /// <summary>Reads the page's own parameters.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="zone">Where days begin.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static UsageView Read(QueryReader reader, DateTimeZone zone) => new()
    {
        Measure = reader.OneOf("measure", [.. Measures]) ?? Measures[0],
        GroupBy = reader.OneOf("group_by", [.. Groups]) ?? Kind,
        Granularity = reader.OneOf("granularity", "hour", "day", "week", "month") is { } word ? Enum.Parse<Granularity>(word, ignoreCase: true) : null,
        Compare = reader.OneOf("compare", "previous", "none") != "none",
        Axis = reader.OneOf("scale", "linear", "log", "cut") is { } axis ? Enum.Parse<ChartAxis>(axis, ignoreCase: true) : ChartAxis.Linear,
        Period = reader.Moment("period"),
        Top = reader.OneOf("top", [.. Tops.Select(t => t.ToString(CultureInfo.InvariantCulture))]) is { } top ? int.Parse(top, CultureInfo.InvariantCulture) : Tops[^1],
        AllPeriods = reader.OneOf("periods", "all") is not null,
        AllRows = reader.OneOf("rows", "all") is not null,
        Filter = MessageFilter.Read(reader, null, null, zone),
    };

    /// <summary>The measured value of a sum.</summary>
    public double ValueOf(FigureSum sum) => Measure switch
    {
        "cost" => sum.Cost ?? 0,
        "messages" => sum.Rows,
        "conversations" => sum.Conversations,
        "users" => sum.Users,
        _ => sum.Total,
    };

    /// <summary>A measured value exactly: 1,204,331 or $12.30.</summary>
    public string Exact(double value) => Measure == "cost" ? Formats.Usd(value) : Formats.Count((long)value);

    /// <summary>The measured value of a sum in words; "no price" where its cost is unknown.</summary>
    public string TextOf(FigureSum sum) => Measure == "cost" && sum.Cost is null ? Formats.Usd(null) : Exact(ValueOf(sum));
}

namespace Duyetbot.Dashboard.Shared.Api;

/// <summary>What the text of a parameter, or the value of a member, is.</summary>
public enum ApiKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number of at most 64 bits.</summary>
    Whole,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Unix ms or an ISO 8601 time.</summary>
    Moment,

    /// <summary>A day as YYYY-MM-DD, or a <see cref="Moment"/>.</summary>
    Day,

    /// <summary>The name of an IANA time zone.</summary>
    Zone,

    /// <summary>JSON, or text that holds some.</summary>
    Json,
}

/// <summary>A parameter of an address, or a member of a row that is sent: what a reader has to know to use it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Kind">What its text is.</param>
public sealed record ApiParameter(string Name, string Description, ApiKind Kind = ApiKind.Text)
{
    /// <summary>The only values allowed; empty where any is.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What holds where it is absent, or null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>The lowest whole number, or null.</summary>
    public long? Min { get; init; }

    /// <summary>The highest whole number, or null.</summary>
    public long? Max { get; init; }

    /// <summary>True where it may be given more than once.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>True where it cannot be missing.</summary>
    public bool IsRequired { get; init; }

    /// <summary>One of a few words.</summary>
    public static ApiParameter OneOf(string name, string description, IReadOnlyList<string> words, string? @default = null) =>
        new(name, description) { Words = words, Default = @default };

    /// <summary>A column to sort by: alone and with a minus descending, with a plus (in an address %2B) ascending.</summary>
    public static ApiParameter Sort(string @default, params IReadOnlyList<string> columns) => new("sort", "The order: a column, the largest or newest first; with %2B before it the smallest first.")
    {
        Words = [.. columns.SelectMany(c => new[] { c, "-" + c, "+" + c })],
        Default = @default,
    };
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>How a conversation is shared: the same words in the page's address and at the API.</summary>
public sealed record ShareOptions
{
    /// <summary>The formats of the file.</summary>
    public const string Json = "json", Markdown = "markdown", Html = "html";

    private const int MaxWords = 100;

    public string Format { get; init; } = Json;

    /// <summary>False leaves the events, and so the traces, out.</summary>
    public bool WithTraces { get; init; } = true;

    /// <summary>What is replaced.</summary>
    public RedactionChoice Redaction { get; init; } = new();

    /// <summary>Reads the API's parameters: <c>format</c>, <c>traces</c>, <c>redact</c>, <c>redact_word</c>.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static ShareOptions Read(QueryReader reader) => Read(reader, reader.OneOf("format", Json, Markdown, Html) ?? Json);

    /// <summary>Reads the page's parameters: the same, with the format as <c>share</c>; null where the pane is closed.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static ShareOptions? ReadPane(QueryReader reader)
    {
        var format = reader.OneOf("share", Json, Markdown, Html);
        var options = Read(reader, format ?? Json);
        return format is null ? null : options;
    }

    /// <summary>The parameters of the file's address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery() => ToQuery("format");

    /// <summary>The parameters of the pane's address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToPaneQuery() => ToQuery("share");

    private IEnumerable<KeyValuePair<string, string?>> ToQuery(string format) =>
    [
        new(format, Format), new("traces", WithTraces ? null : "false"), new("redact", string.Join(',', Redaction.Kinds)), .. Redaction.WordList.Select(w => new KeyValuePair<string, string?>("redact_word", w)),
    ];

    private static ShareOptions Read(QueryReader reader, string format)
    {
        var kinds = (reader.Text("redact") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var kind in kinds)
        {
            if (kind is not ("users" or "ids" or "numbers"))
                throw new InvalidParameterException("redact", $"\"{kind}\" is none of users, ids, numbers.");
        }

        var words = reader.Texts("redact_word");
        if (words.Count > MaxWords)
            throw new InvalidParameterException("redact_word", $"is given more than {MaxWords} times.");
        return new ShareOptions
        {
            Format = format,
            WithTraces = reader.Flag("traces") ?? true,
            Redaction = new RedactionChoice { Users = kinds.Contains("users"), Ids = kinds.Contains("ids"), Numbers = kinds.Contains("numbers"), Words = string.Join('\n', words) },
        };
    }
}

/// <summary>What is replaced by pseudonyms; by default nothing.</summary>
public sealed record RedactionChoice
{
    /// <summary>The users' names and ids that the data names, and e-mail addresses.</summary>
    public bool Users { get; init; }

    /// <summary>The ids that the data names (conversation, chat, message, event, request, repository), and whatever looks like one.</summary>
    public bool Ids { get; init; }

    /// <summary>Numbers that stand alone. Figures of measurement (tokens, durations, moments) stay.</summary>
    public bool Numbers { get; init; }

    /// <summary>Words of one's own, one a line, found also inside other words.</summary>
    public string Words { get; init; } = "";

    /// <summary>The words, without blanks around them, each once.</summary>
    public IReadOnlyList<string> WordList => [.. Words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True where nothing is replaced.</summary>
    public bool IsNone => !Users && !Ids && !Numbers && WordList.Count == 0;

    /// <summary>The kinds as they stand in an address.</summary>
    public IEnumerable<string> Kinds
    {
        get
        {
            if (Users) yield return "users";
            if (Ids) yield return "ids";
            if (Numbers) yield return "numbers";
        }
    }
}

namespace Duyetbot.Dashboard.Shared;

/// <summary>What narrows conversations and messages down: the same words in list, chart, CSV and API, and the same URL parameters.</summary>
/// <remarks>A null property leaves its dimension open. The clauses for SQL are composed where the SQL is.</remarks>
public record ConversationFilter
{
    /// <summary>The platform exactly: telegram, github, cli, api, …</summary>
    public string? Platform { get; init; }

    /// <summary>The user's id exactly.</summary>
    public string? UserId { get; init; }

    /// <summary>The user's name exactly.</summary>
    public string? Username { get; init; }

    /// <summary>The model's name exactly; a conversation matches when any of its messages does.</summary>
    public string? Model { get; init; }

    /// <summary>private, unlisted or public.</summary>
    public string? Visibility { get; init; }

    /// <summary>True for archived only, false for not archived only (the default), null for both.</summary>
    public bool? Archived { get; init; } = false;

    /// <summary>True for conversations with a star, false for those without.</summary>
    public bool? Starred { get; init; }

    /// <summary>True for those with an event that ended in error, false for those without.</summary>
    public bool? HasError { get; init; }

    /// <summary>Start in Unix ms, included; null for no start. By last message for conversations, by their own time for messages.</summary>
    public long? From { get; init; }

    /// <summary>End in Unix ms, excluded; null for no end.</summary>
    public long? To { get; init; }

    /// <summary>Text to find in messages and titles, or null.</summary>
    public string? Q { get; init; }

    /// <summary>True where nothing but the range narrows the rows.</summary>
    public virtual bool IsOpen => this with { From = null, To = null } == new ConversationFilter();

    /// <summary>Reads every parameter of the filter, <c>from</c> and <c>to</c> included; times without an offset are UTC.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static ConversationFilter Read(QueryReader reader)
    {
        var from = reader.Moment("from");
        var to = reader.Moment("to");
        if (from is not null && to is not null && from >= to)
            throw new InvalidParameterException("to", "is not after from.");
        return Read(reader, from, to);
    }

    /// <summary>Reads the parameters of the filter but <c>from</c> and <c>to</c>, which the caller has read in its own way.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="from">Start in Unix ms, included; null for no start.</param>
    /// <param name="to">End in Unix ms, excluded; null for no end.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static ConversationFilter Read(QueryReader reader, long? from, long? to) => new()
    {
        Platform = reader.Text("platform"),
        UserId = reader.Text("user_id"),
        Username = reader.Text("username"),
        Model = reader.Text("model"),
        Visibility = reader.OneOf("visibility", "private", "unlisted", "public"),
        Archived = reader.OneOf("archived", "true", "false", "all") switch { "true" => true, "all" => null, _ => false },
        Starred = reader.Flag("starred"),
        HasError = reader.Flag("has_error"),
        From = from,
        To = to,
        Q = reader.Text("q") is { } q && !string.IsNullOrWhiteSpace(q) ? q : null,
    };

    /// <summary>The parameters that name this filter in a URL, without the range, which <see cref="TimeRange.ToQuery"/> names; nothing for defaults.</summary>
    public virtual IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Q is not null) yield return new("q", Q);
        if (Platform is not null) yield return new("platform", Platform);
        if (UserId is not null) yield return new("user_id", UserId);
        if (Username is not null) yield return new("username", Username);
        if (Model is not null) yield return new("model", Model);
        if (Visibility is not null) yield return new("visibility", Visibility);
        if (Archived != false) yield return new("archived", Archived is null ? "all" : "true");
        if (Starred is not null) yield return new("starred", Word(Starred.Value));
        if (HasError is not null) yield return new("has_error", Word(HasError.Value));
    }

    /// <summary>Each part that narrows, range aside: its parameter, its value in words, and the filter without it.</summary>
    public IEnumerable<(string Parameter, string Value, ConversationFilter Without)> Parts()
    {
        if (Q is not null) yield return ("q", Q, this with { Q = null });
        if (Platform is not null) yield return ("platform", Platform, this with { Platform = null });
        if (UserId is not null) yield return ("user_id", UserId, this with { UserId = null });
        if (Username is not null) yield return ("username", Username, this with { Username = null });
        if (Model is not null) yield return ("model", Model, this with { Model = null });
        if (Visibility is not null) yield return ("visibility", Visibility, this with { Visibility = null });
        if (Archived == true) yield return ("archived", "archived only", this with { Archived = false });
        if (Starred is not null) yield return ("starred", Starred.Value ? "starred" : "not starred", this with { Starred = null });
        if (HasError is not null) yield return ("has_error", HasError.Value ? "with error" : "without error", this with { HasError = null });
    }

    private static string Word(bool value) => value ? "true" : "false";
}

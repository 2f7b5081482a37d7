using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>What narrows the list of users down: the same words in page, CSV and API as in the other lists.</summary>
/// <remarks>A null property leaves its dimension open. A message counts by its own time.</remarks>
public sealed record UserFilter
{
    /// <summary>The message's platform exactly; under one, users without a message are left out.</summary>
    public string? Platform { get; init; }

    /// <summary>The user's id exactly.</summary>
    public string? UserId { get; init; }

    /// <summary>A part of the user's id or of any name; ASCII letters match in either case.</summary>
    public string? Q { get; init; }

    /// <summary>True for archived messages only, false for the others only (the default), null for both.</summary>
    public bool? Archived { get; init; } = false;

    /// <summary>Unix ms, included; null for no start.</summary>
    public long? From { get; init; }

    /// <summary>Unix ms, excluded; null for no end.</summary>
    public long? To { get; init; }

    /// <summary>True where nothing but the range narrows the rows.</summary>
    public bool IsOpen => this with { From = null, To = null } == new UserFilter();

    /// <summary>True where users are counted only for their messages, not for errors alone.</summary>
    public bool NeedsMessages => Platform is not null || Archived == true;

    /// <summary>Reads every parameter, <c>from</c> and <c>to</c> included; times without an offset are UTC.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static UserFilter Read(QueryReader reader)
    {
        var one = ReadOfOne(reader);
        return Read(reader, one.From, one.To);
    }

    /// <summary>Reads the parameters that make sense for one user: all but user and text.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static UserFilter ReadOfOne(QueryReader reader)
    {
        var (from, to) = (reader.Moment("from"), reader.Moment("to"));
        if (from is not null && to is not null && from >= to)
            throw new InvalidParameterException("to", "is not after from.");
        return new UserFilter { Platform = reader.Text("platform"), Archived = ReadArchived(reader), From = from, To = to };
    }

    /// <summary>Reads the parameters but <c>from</c> and <c>to</c>, which the caller has read in its own way.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="from">Unix ms, included; null for no start.</param>
    /// <param name="to">Unix ms, excluded; null for no end.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static UserFilter Read(QueryReader reader, long? from, long? to) => new()
    {
        Platform = reader.Text("platform"),
        UserId = reader.Text("user_id"),
        Q = reader.Text("q") is { } q && !string.IsNullOrWhiteSpace(q) ? q : null,
        Archived = ReadArchived(reader),
        From = from,
        To = to,
    };

    /// <summary>The parameters that name this filter in a URL, without the range; nothing for defaults.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Q is not null) yield return new("q", Q);
        if (Platform is not null) yield return new("platform", Platform);
        if (UserId is not null) yield return new("user_id", UserId);
        if (Archived != false) yield return new("archived", Archived is null ? "all" : "true");
    }

    /// <summary>Each part that narrows, range aside: its parameter, its value in words, and the filter without it.</summary>
    public IEnumerable<(string Parameter, string Value, UserFilter Without)> Parts()
    {
        if (Q is not null) yield return ("text", Q, this with { Q = null });
        if (Platform is not null) yield return ("platform", Platform, this with { Platform = null });
        if (UserId is not null) yield return ("user", UserId, this with { UserId = null });
        if (Archived == true) yield return ("archived", "only", this with { Archived = false });
    }

    private static bool? ReadArchived(QueryReader reader) => reader.OneOf("archived", "true", "false", "all") switch { "true" => true, "all" => null, _ => false };
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>The order of a list of users; ties are broken by the id, in the same direction.</summary>
/// <param name="Column">The column of the row that orders.</param>
/// <param name="Descending">True for the largest first.</param>
public sealed record UserSort(string Column, bool Descending)
{
    /// <summary>The columns that a list can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["total_tokens", "estimated_cost_usd", "message_count", "conversation_count", "error_count", "first_seen_at", "last_seen_at"];

    /// <summary>Most tokens first.</summary>
    public static readonly UserSort Default = new("total_tokens", true);

    /// <summary>Reads <c>sort</c>: the column alone and with a minus mean descending, with a plus ascending.</summary>
    /// <exception cref="InvalidParameterException">The column is none to sort by.</exception>
    public static UserSort Read(QueryReader reader)
    {
        if (reader.Text("sort") is not { } text)
            return Default;
        // A plus that nobody encoded arrives as a space.
        var column = text.TrimStart('-', '+', ' ');
        return text.Length - column.Length <= 1 && Columns.Contains(column)
            ? new(column, text[0] is not ('+' or ' '))
            : throw new InvalidParameterException("sort", $"\"{text}\" is none of {string.Join(", ", Columns)}; before it - for descending, which is the default, or + for ascending.");
    }

    /// <summary>The sort as it stands in a URL; null for the default.</summary>
    public string? Word => this == Default ? null : ToString();

    /// <summary>The column with its sign.</summary>
    public override string ToString() => (Descending ? "-" : "+") + Column;
}

using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The order of a list of conversations; ties are broken by the id, in the same direction.</summary>
/// <param name="Column">The column of the view that orders.</param>
/// <param name="Descending">True for the largest first.</param>
public sealed record ConversationSort(string Column, bool Descending)
{
    /// <summary>The columns that a list can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Columns = ["last_message_at", "first_message_at", "message_count", "total_tokens", "estimated_cost_usd"];

    /// <summary>Newest activity first.</summary>
    public static readonly ConversationSort Default = new("last_message_at", true);

    /// <summary>Reads <c>sort</c>: the column alone and with a minus mean descending, with a plus ascending.</summary>
    /// <exception cref="InvalidParameterException">The column is none to sort by.</exception>
    public static ConversationSort Read(QueryReader reader)
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
    public string? Word => this == Default ? null : (Descending ? "-" : "+") + Column;
}

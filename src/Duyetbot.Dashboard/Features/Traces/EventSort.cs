using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The order of a list of events: a column and a direction, ties by row id in the same direction.</summary>
/// <param name="Column">One of <see cref="Columns"/>.</param>
/// <param name="Descending">True for the highest or newest first.</param>
public sealed record EventSort(string Column, bool Descending)
{
    /// <summary>The columns that a list can be sorted by.</summary>
    public static readonly IReadOnlyList<string> Columns = ["triggered_at", "duration_ms", "total_tokens", "estimated_cost_usd"];

    /// <summary>Newest first.</summary>
    public static readonly EventSort Default = new("triggered_at", true);

    /// <summary>Reads the parameter <c>sort</c>: the column alone and with a minus mean descending, with a plus ascending; newest first where it is absent.</summary>
    /// <exception cref="InvalidParameterException">The column is none of the four.</exception>
    public static EventSort Read(QueryReader reader)
    {
        if (reader.Text("sort") is not { } text)
            return Default;
        // A plus that nobody encoded arrives as a space.
        var column = text.TrimStart('-', '+', ' ');
        return Columns.Contains(column) && text.Length - column.Length <= 1
            ? new EventSort(column, text[0] is not ('+' or ' '))
            : throw new InvalidParameterException("sort", $"\"{text}\" is none of {string.Join(", ", Columns)}; before it - for descending, which is the default, or + for ascending.");
    }

    /// <summary>The order as it stands in the URL.</summary>
    public override string ToString() => (Descending ? "-" : "+") + Column;

    /// <summary>What the head of a column leads to: descending first, then the other way round.</summary>
    public EventSort After(string column) => column == Column ? this with { Descending = !Descending } : new EventSort(column, true);
}

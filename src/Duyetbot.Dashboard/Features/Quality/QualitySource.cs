namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>The rows that a check looks through, as parts of a statement.</summary>
/// <param name="Name">What the rows are, for those who group checks.</param>
/// <param name="From">The table with its alias; <c>{range}</c> in it is replaced by the range's conditions.</param>
/// <param name="Id">The row's number, which breaks ties.</param>
/// <param name="Time">The column by which rows are ranged and sorted, the newest first.</param>
/// <param name="Columns">event_id, message_id, conversation_id and model, as far as the rows have them.</param>
/// <param name="FirstAt">The first moment of the row, where it stands for several.</param>
internal sealed record QualitySource(string Name, string From, string Id, string Time, string Columns, string? FirstAt = null)
{
    /// <summary>True where the table counts rows of the range by itself.</summary>
    public bool IsTable => FirstAt is null;

    /// <summary>The row's time in Unix ms, NULL where it is no whole number.</summary>
    public string At => Whole(Time);

    /// <summary>The first moment of the row.</summary>
    public string Began => Whole(FirstAt ?? Time);

    private static string Whole(string column) => $"CASE WHEN typeof({column}) = 'integer' THEN {column} END";
}

/// <summary>One check as SQL.</summary>
/// <param name="Source">Where it looks.</param>
/// <param name="Where">True for a row that is found; may use <c>@now</c>, Unix ms.</param>
/// <param name="Reason">What is wrong with such a row, as text.</param>
internal sealed record QualityCheck(QualitySource Source, string Where, string Reason);

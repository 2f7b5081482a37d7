namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A conversation as it is stored: rows of the source tables, which is all that another dashboard needs to show the same.</summary>
/// <param name="Id">The session id.</param>
/// <param name="Annotation">The row of conversation_annotations; null where nobody wrote one.</param>
/// <param name="Events">Rows of observability_events by their moment; null where the traces are left out.</param>
/// <param name="Messages">Rows of chat_messages in their order.</param>
public sealed record ConversationDocument(string Id, StoredRow? Annotation, IReadOnlyList<StoredRow>? Events, IReadOnlyList<StoredRow> Messages);

/// <summary>A stored row: columns in their order, each value null, long, double, string or bytes.</summary>
public sealed class StoredRow(IReadOnlyList<KeyValuePair<string, object?>> values)
{
    /// <summary>Every column with its value.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => values;

    /// <summary>A column's value; null for NULL and for a column that is not there.</summary>
    public object? this[string column] => values.FirstOrDefault(v => v.Key == column).Value;

    /// <summary>A column as text; null for NULL.</summary>
    public string? Text(string column) => this[column] switch
    {
        null => null,
        string text => text,
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>A column as a whole number; 0 where it is none.</summary>
    public long Whole(string column) => this[column] as long? ?? 0;

    /// <summary>The row with other values.</summary>
    /// <param name="change">Given the column and its value.</param>
    public StoredRow With(Func<string, object?, object?> change) => new([.. values.Select(v => new KeyValuePair<string, object?>(v.Key, change(v.Key, v.Value)))]);
}

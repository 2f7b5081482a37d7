namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Redacts a stored conversation: the same value has the same pseudonym in every row and text.</summary>
internal sealed class ConversationRedaction
{
    private readonly RedactionChoice _choice;
    private readonly Pseudonyms _names = new();
    private readonly Redactor _redactor;
    private readonly string _id;
    private readonly string _newId;

    private ConversationRedaction(ConversationDocument document, RedactionChoice choice)
    {
        _choice = choice;
        _redactor = new Redactor(choice, _names);
        _id = document.Id;
        var rows = document.Messages.Concat(document.Events ?? []).ToList();
        if (choice.Users)
            Meet(rows);
        if (choice.Ids)
            MeetIds(document, rows);
        _newId = Session();
    }

    /// <summary>How often each kind was replaced so far.</summary>
    public IReadOnlyDictionary<RedactionKind, int> Counts => _redactor.Counts;

    /// <summary>A text as it will be, with the places that were replaced.</summary>
    public RedactedText Show(string text) => _redactor.Redact(text);

    /// <summary>Reads whom and what the conversation names, and changes nothing yet.</summary>
    public static ConversationRedaction Of(ConversationDocument document, RedactionChoice choice) => new(document, choice);

    /// <summary>The conversation with its pseudonyms.</summary>
    public ConversationDocument Apply(ConversationDocument document) => new(
        _newId,
        document.Annotation?.With(Change),
        document.Events is null ? null : [.. document.Events.Select(e => e.With(Change))],
        [.. document.Messages.Select(m => m.With(Change))]);

    private void Meet(List<StoredRow> rows)
    {
        // First the ids, so that a name has the number of its id.
        foreach (var row in rows)
        {
            var (id, name) = (row.Text("user_id"), row.Text("username"));
            if ((id ?? name) is not { Length: > 0 } first)
                continue;
            var person = _names.Of(first, "user");
            if (!string.IsNullOrEmpty(name))
                _names.Alias(name, person);
            Learn(id, person);
            Learn(name?.TrimStart('@'), _names.Find(name ?? "") ?? person);
        }

        void Learn(string? value, string person)
        {
            if (!string.IsNullOrEmpty(value))
                _redactor.Add(value, person, RedactionKind.User);
        }
    }

    private void MeetIds(ConversationDocument document, List<StoredRow> rows)
    {
        _redactor.Add(document.Id, _names.Of(document.Id, "conversation"), RedactionKind.Id);
        foreach (var row in rows)
        {
            foreach (var (column, kind) in new[] { ("chat_id", "chat"), ("repo", "repo"), ("event_id", "event"), ("request_id", "request"), ("message_id", "message") })
            {
                if (row.Text(column) is { Length: > 0 } value && !(column == "message_id" && value.StartsWith(document.Id + "/", StringComparison.Ordinal)))
                    _redactor.Add(value, _names.Of(value, kind), RedactionKind.Id);
            }
        }
    }

    private string Session()
    {
        if (_choice.Ids)
            return _names.Find(_id)!;
        return _redactor.Redact(string.Join(':', _id.Split(':').Select(p => _names.Find(p) ?? p)), numbers: false).Text;
    }

    private object? Change(string column, object? value)
    {
        if (value is not (string or byte[]) || (value as string)?.Length == 0)
            return value;
        var text = value as string ?? System.Text.Encoding.UTF8.GetString((byte[])value);
        return column switch
        {
            "session_id" or "conversation_id" => Counted(text, _newId),
            "message_id" when text.StartsWith(_id + "/", StringComparison.Ordinal) => Counted(text, _newId + text[_id.Length..]),
            "user_id" or "username" => Known(text, RedactionKind.User),
            "chat_id" or "repo" or "event_id" or "request_id" or "message_id" => Known(text, RedactionKind.Id),
            "content" or "error_message" or "error_type" or "input_text" or "response_text" or "agents" or "metadata" or "title" or "summary" or "note" => RedactedJson.Redact(text, _redactor),
            _ => value,
        };
    }

    private string Counted(string before, string after)
    {
        if (before != after)
            _redactor.Count(_choice.Ids ? RedactionKind.Id : RedactionKind.User);
        return after;
    }

    // A short one, too, which texts are not searched for.
    private string Known(string value, RedactionKind kind)
    {
        if (_names.Find(value) is not { } name)
            return _redactor.Redact(value, numbers: false).Text;
        _redactor.Count(kind);
        return name;
    }
}

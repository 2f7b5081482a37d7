using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The list that a conversation was opened from, as the address of the conversation keeps it: what comes before and after it there.</summary>
/// <param name="Filter">Which conversations; the range stands beside it in the address.</param>
/// <param name="Sort">Their order.</param>
public sealed record ConversationList(ConversationFilter Filter, ConversationSort Sort)
{
    private const string Name = "list";

    /// <summary>Every conversation of the range, newest activity first.</summary>
    public static ConversationList All(TimeRange range) => new(new ConversationFilter { From = range.From, To = range.To }, ConversationSort.Default);

    /// <summary>Reads <c>list</c>, the query string of a list without its range.</summary>
    /// <exception cref="InvalidParameterException">It is no such query string.</exception>
    public static ConversationList Read(QueryReader reader, TimeRange range)
    {
        if (reader.Text(Name) is not { } text)
            return All(range);
        try
        {
            var list = QueryReader.FromUri("?" + text);
            var read = new ConversationList(ConversationFilter.Read(list, range.From, range.To), ConversationSort.Read(list));
            list.RejectUnknown();
            return read;
        }
        catch (InvalidParameterException e)
        {
            throw new InvalidParameterException(Name, $"holds {e.Message}");
        }
    }

    /// <summary>The parameters of the list's own address, range aside; nothing for defaults.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query => [.. Filter.ToQuery(), new("sort", Sort.Word)];

    /// <summary>The list as one parameter of a conversation's address; without a value where it is every conversation, or too long for an address.</summary>
    public KeyValuePair<string, string?> Parameter => Urls.OfList(Query);

    /// <summary>What the list holds, in a few words.</summary>
    public string Words => Filter.Parts().Select(p => p.Value).ToList() is { Count: > 0 } parts ? string.Join(" · ", parts) : "every conversation";
}

/// <summary>The conversations beside one in a list; null at its ends.</summary>
public sealed record ConversationNeighbours(string? PreviousId, string? NextId);

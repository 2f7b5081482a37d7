using Microsoft.AspNetCore.WebUtilities;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Builds every address of the product; ids are one percent-encoded path segment each.</summary>
public static class Urls
{
    public const string Overview = "/";
    public const string Conversations = "/conversations";
    public const string Traces = "/traces";
    public const string Usage = "/usage";
    public const string Messages = "/messages";
    public const string Agents = "/agents";
    public const string Users = "/users";
    public const string Pricing = "/pricing";
    public const string Quality = "/quality";
    public const string Data = "/data";
    public const string ApiExplorer = "/api-explorer";
    public const string Go = "/go";

    // With method and protocol a server takes 8 KiB.
    private const int Longest = 8_000;

    /// <summary>A conversation, with one of its messages selected where given.</summary>
    public static string Conversation(string conversationId, string? messageId = null) =>
        With($"{Conversations}/{Uri.EscapeDataString(conversationId)}", [new("message", messageId)]);

    /// <summary>The parameter by which a conversation's address keeps the list that it was opened from, given the list's own parameters, range aside; without a value for every conversation, or for more than an address holds.</summary>
    public static KeyValuePair<string, string?> OfList(IEnumerable<KeyValuePair<string, string?>> query) =>
        new("list", With("", query).TrimStart('?') is { Length: > 0 and <= 1_000 } text ? text : null);

    /// <summary>A message's own page.</summary>
    public static string Message(string messageId) => Fit($"{Messages}/{Uri.EscapeDataString(messageId)}");

    /// <summary>A trace, with one of its steps selected where given.</summary>
    public static string Trace(string eventId, string? stepId = null) =>
        With($"{Traces}/{Uri.EscapeDataString(eventId)}", [new("step", stepId)]);

    /// <summary>A user's own page.</summary>
    public static string User(string userId) => Fit($"{Users}/{Uri.EscapeDataString(userId)}");

    /// <summary>The prices, with the form open for a model; for no model, with the models that have none on top.</summary>
    public static string PriceOf(string? model) => With(Pricing, [new("model", model)]);

    /// <summary>The prices, with one of them open.</summary>
    public static string Price(long id) => $"{Pricing}?price={id.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>The path with the parameters that have a value, in the order given; where no server takes so long an address, the page that says what is wrong with the data.</summary>
    public static string With(string path, IEnumerable<KeyValuePair<string, string?>> parameters) =>
        Fit(QueryHelpers.AddQueryString(path, parameters.Where(p => !string.IsNullOrEmpty(p.Value))));

    /// <summary>Every parameter of an address, as often as it is given, but those named.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameters(string uri, params IEnumerable<string> without)
    {
        var start = uri.IndexOf('?', StringComparison.Ordinal);
        return start < 0 ? [] : QueryHelpers.ParseQuery(uri[start..].Split('#')[0])
            .Where(p => !without.Contains(p.Key))
            .SelectMany(p => p.Value.Select(v => new KeyValuePair<string, string>(p.Key, v ?? "")));
    }

    /// <summary>The same address with some parameters set, or removed where the value is null.</summary>
    public static string Change(string uri, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var path = uri.Split('?', '#')[0];
        var query = Parameters(uri).Select(p => new KeyValuePair<string, string?>(p.Key, p.Value)).ToList();
        foreach (var (name, value) in changes)
        {
            var at = query.FindIndex(p => p.Key == name);
            query.RemoveAll(p => p.Key == name);
            if (value is not null)
                query.Insert(at >= 0 ? at : query.Count, new(name, value));
        }

        return With(path, query);
    }

    private static string Fit(string address) => address.Length <= Longest ? address : Quality;
}

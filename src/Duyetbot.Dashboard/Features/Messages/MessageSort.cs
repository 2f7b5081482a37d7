using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>The order of a list of messages.</summary>
public enum MessageSort
{
    /// <summary>By time, the newest first.</summary>
    Newest,

    /// <summary>By how much a message is about what is searched for; without a search the same as <see cref="Newest"/>.</summary>
    Relevance,
}

/// <summary>The order in an address.</summary>
internal static class MessageSorts
{
    /// <summary>The words of an address.</summary>
    public static readonly string[] Words = ["timestamp", "-timestamp", "relevance"];

    /// <summary>Reads <c>sort</c>.</summary>
    /// <exception cref="InvalidParameterException">There is no such order.</exception>
    public static MessageSort Read(QueryReader reader) => reader.OneOf("sort", Words) == "relevance" ? MessageSort.Relevance : MessageSort.Newest;

    /// <summary>The word of an order; null for the default.</summary>
    public static string? Word(MessageSort sort) => sort == MessageSort.Relevance ? "relevance" : null;
}

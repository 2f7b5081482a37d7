using System.Text.Json;
using System.Text.Json.Serialization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>What a person changes about a conversation; what is not named stays. An empty title or summary is taken away.</summary>
public sealed record ConversationPatch
{
    /// <summary>At most 500 characters.</summary>
    public string? Title { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public string? Summary { get; init; }

    public bool? IsStarred { get; init; }

    /// <summary>Set on every message of the conversation.</summary>
    public bool? IsArchived { get; init; }

    /// <summary>Set on every message of the conversation: private, unlisted or public.</summary>
    public string? Visibility { get; init; }

    /// <summary>Members that are none of the above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>Refuses what cannot be stored.</summary>
    /// <exception cref="InvalidParameterException">A member is unknown or wrong.</exception>
    public void Validate()
    {
        Patches.RejectUnknown(Others);
        Patches.CheckVisibility(Visibility);
        if (Title?.Length > 500)
            throw new InvalidParameterException("title", "is longer than 500 characters.");
        if (Summary?.Length > 10_000)
            throw new InvalidParameterException("summary", "is longer than 10,000 characters.");
    }
}

/// <summary>What a person changes about a message; what is not named stays.</summary>
public sealed record MessagePatch
{
    /// <summary>private, unlisted or public.</summary>
    public string? Visibility { get; init; }

    public bool? IsArchived { get; init; }

    public bool? IsPinned { get; init; }

    /// <summary>Members that are none of the above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>Refuses what cannot be stored.</summary>
    /// <exception cref="InvalidParameterException">A member is unknown or wrong.</exception>
    public void Validate()
    {
        Patches.RejectUnknown(Others);
        Patches.CheckVisibility(Visibility);
    }
}

/// <summary>The checks that both patches share.</summary>
internal static class Patches
{
    public static void RejectUnknown(Dictionary<string, JsonElement>? others)
    {
        if (others is { Count: > 0 })
            throw new InvalidParameterException(others.Keys.First(), "cannot be changed.");
    }

    public static void CheckVisibility(string? visibility)
    {
        if (visibility is not (null or "private" or "unlisted" or "public"))
            throw new InvalidParameterException("visibility", $"\"{visibility}\" is none of private, unlisted, public.");
    }
}

using Duyetbot.Dashboard.Data.Rows;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>A message of a list, with the place where the searched text stands.</summary>
public sealed record MessageHit : MessageRow
{
    /// <summary>Some words before and after the first place; null where no text was searched for.</summary>
    public string? Snippet { get; init; }
}

using Duyetbot.Dashboard.Data.Search;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>What a reader should know about the index while it is being built.</summary>
/// <param name="Percent">How far it is, 0 to 99.</param>
public sealed record SearchNote(int Percent)
{
    /// <summary>The note; null where the index is complete and there is nothing to say.</summary>
    public static SearchNote? From(SearchProgress progress) => progress.IsComplete ? null : new SearchNote(progress.Percent);
}

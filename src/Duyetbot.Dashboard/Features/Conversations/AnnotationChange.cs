namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>A change by a person, which can be undone for an hour.</summary>
/// <param name="Id">What <see cref="AnnotationUndoStore"/> knows it by; 0 where nothing was found.</param>
/// <param name="Found">Conversations, or messages, that were to be changed and are there.</param>
/// <param name="Changed">Those of them that were not so already.</param>
/// <param name="Failure">Why the rest was not changed; null where all of it was.</param>
public sealed record AnnotationChange(long Id, int Found, int Changed, string? Failure = null);

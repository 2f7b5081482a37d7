namespace Duyetbot.Dashboard.Features.Search;

/// <summary>What a pasted id or address belongs to.</summary>
/// <param name="Kind">conversation, message, trace, step, user or page.</param>
/// <param name="Label">The id, or the address.</param>
/// <param name="Url">Where it opens.</param>
public sealed record IdMatch(string Kind, string Label, string Url);

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>A row that was not taken.</summary>
/// <param name="Index">Its place in the request, from 0; for NDJSON among the lines that are not empty.</param>
/// <param name="Error">Why, in words that name the member.</param>
public sealed record IngestRejection(int Index, string Error);

/// <summary>What became of the rows of one request; given only after they are on disk.</summary>
/// <param name="Accepted">Rows that are new, or that told more of a row that was here.</param>
/// <param name="Duplicates">Rows that were here already.</param>
/// <param name="Rejected">The others, in the order of the request.</param>
public sealed record IngestAnswer(int Accepted, int Duplicates, IReadOnlyList<IngestRejection> Rejected);

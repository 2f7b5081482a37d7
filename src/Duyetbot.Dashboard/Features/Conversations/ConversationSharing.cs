using System.Text;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Makes the file of a shared conversation, and shows beforehand what it replaces.</summary>
public sealed class ConversationSharing(ExportQueries queries, DashboardOptions options)
{
    private const int Samples = 8;
    private const int SampleCharacters = 400;

    /// <summary>The file, or null where no message has this session id.</summary>
    public async Task<SharedFile?> FindFileAsync(string conversationId, ShareOptions share, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(conversationId, share.WithTraces, cancellationToken) is not { } document)
            return null;
        return await Task.Run(() => Make(document, share), cancellationToken);
    }

    /// <summary>What the file would hold, or null where no message has this session id.</summary>
    public async Task<SharePreview?> FindPreviewAsync(string conversationId, ShareOptions share, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(conversationId, share.WithTraces, cancellationToken) is not { } document)
            return null;
        return await Task.Run(() => Preview(document, share), cancellationToken);
    }

    private SharedFile Make(ConversationDocument document, ShareOptions share)
    {
        IReadOnlyDictionary<RedactionKind, int>? replaced = null;
        if (!share.Redaction.IsNone)
        {
            var redaction = ConversationRedaction.Of(document, share.Redaction);
            document = redaction.Apply(document);
            replaced = redaction.Counts;
        }

        var name = FileName(document.Id);
        return share.Format switch
        {
            ShareOptions.Markdown => new SharedFile(Encoding.UTF8.GetBytes(ConversationMarkdown.Write(document, replaced, options.TimeZone)), "text/markdown; charset=utf-8", name + ".md"),
            ShareOptions.Html => new SharedFile(Encoding.UTF8.GetBytes(ConversationHtml.Write(document, replaced, options.TimeZone)), "text/html; charset=utf-8", name + ".html"),
            _ => new SharedFile(ConversationJson.Write(document, replaced), "application/json", name + ".json"),
        };
    }

    private static SharePreview Preview(ConversationDocument document, ShareOptions share)
    {
        if (share.Redaction.IsNone)
            return new SharePreview { Messages = document.Messages.Count, Traces = document.Events?.Count };
        var redaction = ConversationRedaction.Of(document, share.Redaction);
        var shared = redaction.Apply(document);
        var counts = redaction.Counts;
        var samples = new List<ShareSample>();
        for (var i = 0; i < document.Messages.Count && samples.Count < Samples; i++)
        {
            if (redaction.Show(document.Messages[i].Text("content") ?? "") is { Spans.Count: > 0 } shown)
                samples.Add(Sample(SharedHead.Speaker(shared.Messages[i]), shared.Messages[i].Text("sequence"), shown));
        }

        return new SharePreview { Messages = shared.Messages.Count, Traces = shared.Events?.Count, Id = shared.Id, Replaced = counts, Samples = samples };
    }

    // A stretch of the text around the first place.
    private static ShareSample Sample(string speaker, string? sequence, RedactedText shown)
    {
        var start = Math.Max(0, shown.Spans[0].Start - 60);
        var end = Math.Min(shown.Text.Length, start + SampleCharacters);
        var parts = new List<SharePart>();
        var at = start;
        foreach (var span in shown.Spans.TakeWhile(s => s.Start + s.Length <= end))
        {
            parts.Add(new SharePart(shown.Text[at..span.Start], null));
            parts.Add(new SharePart(shown.Text.Substring(span.Start, span.Length), span.Kind));
            at = span.Start + span.Length;
        }

        parts.Add(new SharePart(shown.Text[at..end] + (end < shown.Text.Length ? "…" : ""), null));
        if (start > 0)
            parts.Insert(0, new SharePart("…", null));
        return new ShareSample(speaker, sequence ?? "", parts);
    }

    private static string FileName(string id)
    {
        var safe = string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('-', '.');
        return "conversation-" + (safe.Length > 80 ? safe[..80] : safe);
    }
}

/// <summary>A file to download.</summary>
public sealed record SharedFile(byte[] Bytes, string ContentType, string Name);

/// <summary>What a shared file would hold.</summary>
public sealed record SharePreview
{
    public int Messages { get; init; }

    /// <summary>Null where they are left out.</summary>
    public int? Traces { get; init; }

    /// <summary>The session id as the file names it; null where nothing is redacted.</summary>
    public string? Id { get; init; }

    /// <summary>How often each kind is replaced in the whole file; null where nothing is redacted.</summary>
    public IReadOnlyDictionary<RedactionKind, int>? Replaced { get; init; }

    /// <summary>The first messages in which something is replaced.</summary>
    public IReadOnlyList<ShareSample> Samples { get; init; } = [];
}

/// <summary>A piece of a message as the file will have it.</summary>
public sealed record ShareSample(string Speaker, string Sequence, IReadOnlyList<SharePart> Parts);

/// <summary>Some text; with a kind where it stands for what was replaced.</summary>
public sealed record SharePart(string Text, RedactionKind? Kind);

using System.Text;

namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>A stored text of which a page holds the begin; all of it where it is short.</summary>
/// <param name="Text">What is at hand.</param>
/// <param name="Characters">The length of the whole, in UTF-16 units where <paramref name="Text"/> is the whole or it was read, else in Unicode characters.</param>
/// <param name="Bytes">The size of the whole in UTF-8.</param>
/// <param name="IsWhole">True where <paramref name="Text"/> is all of it.</param>
public sealed record StoredText(string Text, long Characters, long Bytes, bool IsWhole)
{
    /// <summary>Characters that are shown at once.</summary>
    public const int Head = 20_000;

    /// <summary>Characters up to which a text is shown in one piece, on request.</summary>
    public const int OnRequest = 150_000;

    /// <summary>Characters up to which a text comes into a page at all, as lines of which only those in view are drawn.</summary>
    public const int AsLines = 2_000_000;

    /// <summary>A text at hand, whole.</summary>
    public static StoredText Of(string text) => new(text, text.Length, Encoding.UTF8.GetByteCount(text), true);

    /// <summary>A text that was read whole, of which only the begin is kept where it is longer than so many characters.</summary>
    public static StoredText HeadOf(string text, int most) => text.Length <= most ? Of(text) : new(Start(text, Head), text.Length, Encoding.UTF8.GetByteCount(text), false);

    /// <summary>The begin of a text, never half of a surrogate pair.</summary>
    public static string Start(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}

/// <summary>Where the rest of a stored text is had when somebody asks for it.</summary>
/// <param name="ReadAsync">Reads all of it, up to <see cref="StoredText.AsLines"/>; null where it is gone or longer.</param>
/// <param name="FindAsync">Looks through all of it, however long, for a text.</param>
/// <param name="Download">Where all of it is downloaded; null for nowhere.</param>
public sealed record TextSource(Func<CancellationToken, Task<string?>> ReadAsync, Func<string, CancellationToken, Task<TextHits?>> FindAsync, string? Download);

using System.Net;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Text as HTML text.</summary>
internal static class HtmlText
{
    /// <summary>Escapes what HTML reads as markup, also inside quoted attributes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text.Replace("\0", "\ufffd", StringComparison.Ordinal));
}

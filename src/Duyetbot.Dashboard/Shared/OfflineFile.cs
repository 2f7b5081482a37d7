using System.Net;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The head of an HTML file that needs nothing else: the house's colours inside it, no script, no request.</summary>
public static class OfflineFile
{
    private const string DarkRoot = "html[data-theme=dark]";

    /// <summary>Everything up to and with the opened body.</summary>
    /// <param name="title">The file's title, not yet encoded.</param>
    /// <param name="style">What <see cref="Style"/> gave.</param>
    public static string Begin(string title, string style) =>
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        // Should a text ever slip through unencoded, the file still fetches and runs nothing.
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        + "<title>" + WebUtility.HtmlEncode(title) + "</title>\n<style>\n" + style + "</style>\n</head>\n<body>\n";

    /// <summary>The tokens of both themes, then the file's own sheet. The dark ones apply where the reader's system is dark: a file has no switch of its own.</summary>
    /// <param name="sheet">The sheet's name among the product's resources.</param>
    public static string Style(string sheet)
    {
        var tokens = Resource("traces/tokens.css");
        var from = tokens.IndexOf(DarkRoot, StringComparison.Ordinal);
        var to = from < 0 ? -1 : tokens.IndexOf('}', from);
        var dark = to < 0 ? "" : "@media (prefers-color-scheme: dark) { " + tokens[from..(to + 1)].Replace(DarkRoot, ":root", StringComparison.Ordinal) + " }\n";
        return tokens + dark + Resource(sheet);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(OfflineFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The product lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

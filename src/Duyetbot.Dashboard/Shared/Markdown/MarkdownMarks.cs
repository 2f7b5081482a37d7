using AngleSharp.Dom;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Marks the places where words stand.</summary>
internal static class MarkdownMarks
{
    private const int MaxMarks = 500;

    /// <summary>Wraps each place of the text in a mark, within one text node each; at most 500.</summary>
    public static void Mark(IElement body, string find)
    {
        var document = body.Owner!;
        var marks = 0;
        foreach (var node in body.Descendants().OfType<IText>().ToList())
        {
            var text = node.Data;
            var at = text.IndexOf(find, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || marks >= MaxMarks)
                continue;
            var parts = new List<INode>();
            var from = 0;
            for (; at >= 0 && marks < MaxMarks; at = text.IndexOf(find, from, StringComparison.OrdinalIgnoreCase))
            {
                if (at > from)
                    parts.Add(document.CreateTextNode(text[from..at]));
                var mark = document.CreateElement("mark");
                mark.TextContent = text.Substring(at, find.Length);
                parts.Add(mark);
                marks++;
                from = at + find.Length;
            }

            if (from < text.Length)
                parts.Add(document.CreateTextNode(text[from..]));
            node.Replace([.. parts]);
        }
    }
}

using AngleSharp.Dom;
using Duyetbot.Dashboard.Shared.Search;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Marks the places where words stand.</summary>
internal static class MarkdownMarks
{
    private const int MaxMarks = 500;

    /// <summary>Wraps each place of the search in a mark, within one text node each; at most 500.</summary>
    public static void Mark(IElement body, string find)
    {
        var document = body.Owner!;
        var query = SearchQuery.Parse(find);
        var marks = 0;
        foreach (var node in body.Descendants().OfType<IText>().ToList())
        {
            var text = node.Data;
            var places = query.Places(text).Take(MaxMarks - marks).ToList();
            if (places.Count == 0)
                continue;
            var parts = new List<INode>();
            var from = 0;
            foreach (var place in places)
            {
                if (place.From > from)
                    parts.Add(document.CreateTextNode(text[from..place.From]));
                var mark = document.CreateElement("mark");
                mark.TextContent = text[place.From..place.To];
                parts.Add(mark);
                marks++;
                from = place.To;
            }

            if (from < text.Length)
                parts.Add(document.CreateTextNode(text[from..]));
            node.Replace([.. parts]);
        }
    }
}

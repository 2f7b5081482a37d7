using AngleSharp.Dom;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Makes links say where they lead and images stay where they are.</summary>
internal static class MarkdownLinks
{
    public static void Harden(IElement body)
    {
        // An image would tell its host who reads; its description stays.
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            var alt = image.GetAttribute("alt");
            image.Replace(image.Owner!.CreateTextNode(string.IsNullOrWhiteSpace(alt) ? "[image]" : $"[image: {alt}]"));
        }

        foreach (var link in body.QuerySelectorAll("a").ToList())
        {
            if (!Uri.TryCreate(link.GetAttribute("href"), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
            {
                // A relative address would lead into this product: the words stay, the link goes.
                link.Replace([.. link.ChildNodes]);
                continue;
            }

            link.ClassName = "link";
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
            var host = uri.Scheme == "mailto" ? uri.OriginalString["mailto:".Length..].Split('?')[0] : uri.IdnHost;
            if (host.Length == 0 || link.TextContent.Contains(host, StringComparison.OrdinalIgnoreCase) && link.TextContent.Trim().StartsWith(uri.GetLeftPart(UriPartial.Scheme), StringComparison.OrdinalIgnoreCase))
                continue;
            var shown = link.Owner!.CreateElement("span");
            shown.ClassName = "host";
            shown.TextContent = $" ({host})";
            link.AppendChild(shown);
        }
    }
}

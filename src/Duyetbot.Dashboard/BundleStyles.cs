using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Writes one style sheet: the rules of MudBlazor's that our markup can meet, then our own sheets, without comments and white space.</summary>
public sealed class BundleStyles : Task
{
    /// <summary>MudBlazor's style sheet, minified.</summary>
    [Required]
    public string Library { get; set; }

    /// <summary>The components to keep, without "mud-". A rule with a class of no kept component is left out.</summary>
    [Required]
    public string[] LibraryStyles { get; set; }

    /// <summary>Our sheets in the order of the cascade.</summary>
    [Required]
    public ITaskItem[] Sheets { get; set; }

    /// <summary>The file to write.</summary>
    [Required]
    public string Bundle { get; set; }

    /// <summary>Reads, filters and writes.</summary>
    /// <returns>True.</returns>
    public override bool Execute()
    {
        var bundle = new StringBuilder();
        Keep(File.ReadAllText(Library), new Regex(@"^mud-(" + string.Join("|", LibraryStyles) + @")\b"), bundle);
        foreach (var sheet in Sheets)
            bundle.Append(Bare(File.ReadAllText(sheet.ItemSpec))).Append('\n');
        Directory.CreateDirectory(Path.GetDirectoryName(Bundle));
        File.WriteAllText(Bundle, bundle.ToString());
        return true;
    }

    private static string Bare(string css) =>
        Regex.Replace(Regex.Replace(css, @"(?s)/\*.*?\*/", ""), @"\s*([{},;>])\s*|(?m)^\s+|(?<=:)[ ]+", "$1");

    private static void Keep(string css, Regex kept, StringBuilder into)
    {
        for (var at = 0; at < css.Length;)
        {
            var open = css.IndexOf('{', at);
            if (open < 0)
                return;

            var head = css.Substring(at, open - at);
            if (head.Contains(";"))
                head = head.Substring(head.LastIndexOf(';') + 1);

            var close = Close(css, open);
            var body = css.Substring(open + 1, close - open - 1);
            at = close + 1;
            if (head.StartsWith("@media") || head.StartsWith("@supports"))
            {
                var inner = new StringBuilder();
                Keep(body, kept, inner);
                if (inner.Length > 0)
                    into.Append(head).Append('{').Append(inner).Append('}');
            }
            else if (head.StartsWith("@keyframes"))
            {
                into.Append(head).Append('{').Append(body).Append('}');
            }
            else if (head.StartsWith("@-"))
            {
                // The same animation for browsers of 2012.
            }
            else
            {
                var selectors = Selectors(head).Where(s => Regex.Matches(s, @"\.([A-Za-z][\w-]*)").Cast<Match>().All(m => kept.IsMatch(m.Groups[1].Value))).ToList();
                if (selectors.Count > 0)
                    into.Append(string.Join(",", selectors)).Append('{').Append(body).Append('}');
            }
        }
    }

    private static int Close(string css, int open)
    {
        var depth = 0;
        for (var i = open; i < css.Length; i++)
        {
            if (css[i] == '{')
                depth++;
            else if (css[i] == '}' && --depth == 0)
                return i;
        }

        return css.Length;
    }

    // A comma inside brackets belongs to its selector.
    private static IEnumerable<string> Selectors(string head)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == '(' || head[i] == '[')
                depth++;
            else if (head[i] == ')' || head[i] == ']')
                depth--;
            else if (head[i] == ',' && depth == 0)
            {
                yield return head.Substring(start, i - start);
                start = i + 1;
            }
        }

        yield return head.Substring(start);
    }
}

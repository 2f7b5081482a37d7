using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Tests.Architecture;

/// <summary>The product's own files as text.</summary>
internal static partial class Sources
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>C# and Razor files below a folder of the product, with their comments blanked.</summary>
    /// <param name="folder">Relative to <c>src</c>, with forward slashes.</param>
    public static IReadOnlyList<(string Path, string Code)> Code(string folder = "") =>
        [.. Files(Path.Combine("src", folder), "*.cs").Concat(Files(Path.Combine("src", folder), "*.razor")).Select(path => (path, WithoutComments(Text(path))))];

    /// <summary>Files below a folder of the repository, relative to its root, built ones left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>A file's text.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string WithoutComments(string text) => Comments().Replace(text, m => m.Value[0] is '"' or '\'' ? m.Value : "");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Duyetbot.Dashboard.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }

    // Strings first, so that two slashes inside one are no comment.
    [GeneratedRegex("""
        \"{3}[\s\S]*?\"{3}|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/|@\*[\s\S]*?\*@
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Comments();
}

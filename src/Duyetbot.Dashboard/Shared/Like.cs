namespace Duyetbot.Dashboard.Shared;

/// <summary>Patterns for LIKE with <c>ESCAPE '\'</c>.</summary>
public static class Like
{
    /// <summary>Finds the text anywhere; its own wildcards stand for themselves.</summary>
    public static string Contains(string text) =>
        "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}

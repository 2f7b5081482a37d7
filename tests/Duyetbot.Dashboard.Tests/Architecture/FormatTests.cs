using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Tests.Architecture;

/// <summary>What the build and the gate's formatter do not look at.</summary>
public sealed partial class FormatTests
{
    public static TheoryData<string> Folders => ["src", "tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Usings_OfEveryFile_AreInOrder(string folder)
    {
        var files = Sources.Files(folder, "*.cs").ToList();

        Assert.True(files.Count > 20);
        Assert.All(files, f => Assert.True(AreInOrder(Sources.Text(f)), f));
    }

    [Theory]
    [InlineData("using System;\nusing Dapper;\n", true)]
    [InlineData("using Dapper;\nusing System.Text;\n", false)]
    [InlineData("using NodaTime;\nusing Dapper;\n\nnamespace A;\n", false)]
    [InlineData("using Dapper;\n\nnamespace A;\nusing var z = B();\nusing var a = C();", true)]
    public void Order_OfUsings_IsSystemFirstThenByName(string text, bool expected) => Assert.Equal(expected, AreInOrder(text));

    private static bool AreInOrder(string text)
    {
        var names = Using().Matches(text).Select(m => m.Groups[1].Value).ToList();
        return names.SequenceEqual(names.OrderBy(n => n != "System" && !n.StartsWith("System.", StringComparison.Ordinal)).ThenBy(n => n, StringComparer.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^using ([A-Z][\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}

using System.CommandLine;
using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Tests.Architecture;

/// <summary>What people rely on has its line in the README; every view says what it means.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Readme = Sources.Text("README.md");

    public static TheoryData<string> Commands => new(
        typeof(DashboardHost).Assembly.GetTypes()
            .Where(t => t.Namespace == "Duyetbot.Dashboard.Commands" && t.Name.EndsWith("Command", StringComparison.Ordinal))
            .Select(t => ((Command)t.GetMethod("Create", Type.EmptyTypes)!.Invoke(null, [])!).Name));

    public static TheoryData<string> Settings => new(
        Sources.Code().SelectMany(f => SettingKey().Matches(f.Code)).Select(m => m.Groups[1].Value).Append("ConnectionStrings:Dashboard").Append("Urls").Append("AllowedHosts").Distinct().Order());

    public static TheoryData<string> Views => new(Sources.Files("migrations/views", "*.sql"));

    [Theory]
    [InlineData("command", nameof(Commands))]
    [InlineData("key", nameof(Settings))]
    [InlineData("view", nameof(Views))]
    public void Table_OfTheReadme_NamesNothingThatIsNotThere(string head, string source)
    {
        var there = ((TheoryData<string>)GetType().GetProperty(source)!.GetValue(null)!).Select(row => Path.GetFileNameWithoutExtension(row.Data)).ToHashSet();
        var table = Readme[Readme.IndexOf($"\n| {head} |", StringComparison.Ordinal)..].TrimStart('\n').Split("\n\n")[0].Split('\n').Skip(2).ToList();

        Assert.NotEmpty(table);
        Assert.All(table, line => Assert.Contains(line.Split('`')[1].Split(' ')[0], there));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OfTheProduct_IsInTheReadme(string command) => Assert.Matches($@"`{command}\b", Readme);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Setting_OfTheProduct_IsInTheReadme(string key) => Assert.Contains($"`{key}`", Readme, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Views))]
    public void View_OfTheSchema_IsInTheReadme(string file) => Assert.Contains($"`{Path.GetFileNameWithoutExtension(file)}`", Readme, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Views))]
    public void View_OfTheSchema_OpensWithItsMeaning(string file)
    {
        var lines = Sources.Text(file).Split('\n');

        Assert.StartsWith("-- One row per ", lines[0]);
        Assert.StartsWith("-- Units and zone: ", lines[1]);
        Assert.StartsWith("-- Left out: ", lines[2]);
        Assert.False(lines[3].StartsWith("--", StringComparison.Ordinal), "More than three lines.");
    }

    [Fact]
    public void Links_OfTheReadme_LeadSomewhere()
    {
        var targets = Link().Matches(Readme).Select(m => m.Groups[1].Value + m.Groups[2].Value).Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'));

        Assert.All(targets, t => Assert.True(Path.Exists(Path.Combine(Sources.Root, t.Split('#')[0])), t));
    }

    [GeneratedRegex(@"""(Dashboard(?::\w+)+)""")]
    private static partial Regex SettingKey();

    [GeneratedRegex(@"\]\(([^)\s]+)\)|<img [^>]*src=""([^""]+)""")]
    private static partial Regex Link();
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Duyetbot.Dashboard.Tests.Architecture;

/// <summary>Who may know whom.</summary>
public sealed partial class LayerTests
{
    private const string App = "src/Duyetbot.Dashboard/";

    [Fact]
    public void Sql_InTheProduct_StandsOnlyInDataQueriesAndStores()
    {
        var strangers = Sources.Code().Where(f => Sql().IsMatch(f.Code)).Select(f => f.Path).Where(p => !MayHoldSql(p));

        Assert.Empty(strangers);
    }

    [Fact]
    public void SqlPattern_OnAQueryFile_Finds() =>
        Assert.Contains(Sources.Code("Duyetbot.Dashboard/Features"), f => MayHoldSql(f.Path) && Sql().IsMatch(f.Code));

    [Fact]
    public void Features_AmongThemselves_KnowNothingOfEachOther()
    {
        var features = typeof(DashboardHost).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("Duyetbot.Dashboard.Features.", StringComparison.Ordinal) == true && !t.IsNested && !t.Name.Contains('<'))
            .Select(t => (Feature: t.Namespace!.Split('.')[3], Name: t.Name.Split('`')[0]))
            .ToLookup(t => t.Feature, t => t.Name);
        Assert.True(features.Count >= 5);
        var owners = features.SelectMany(f => f.Select(name => (name, f.Key))).ToLookup(p => p.name, p => p.Key);

        var references =
            from file in Sources.Code("Duyetbot.Dashboard/Features")
            let feature = FeatureOf(file.Path)
            where feature is not null
            from word in Word().Matches(file.Code).Select(m => m.Value).Distinct()
            where owners.Contains(word) && !owners[word].Contains(feature)
            select $"{file.Path} names {word} of {owners[word].First()}";

        Assert.Empty(references);
    }

    [Theory]
    [InlineData("Data", "Features|Layout|Commands|Access")]
    [InlineData("Shared", "Features|Layout|Commands|Access")]
    [InlineData("Access", "Features|Layout|Commands")]
    [InlineData("Layout", "Features|Commands")]
    [InlineData("Features", "Layout|Commands")]
    public void Folder_OfTheProduct_KnowsOnlyWhatLiesBelow(string folder, string above)
    {
        var files = Sources.Code($"Duyetbot.Dashboard/{folder}");

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => Regex.IsMatch(f.Code, $@"Duyetbot\.Dashboard\.({above})\b")).Select(f => f.Path));
    }

    [Fact]
    public void ChartWrapper_KnowsNothingOfTheDashboard() =>
        Assert.Empty(Sources.Code("ApexCharts.Blazor").Where(f => f.Code.Contains("Duyetbot", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void JavaScript_FromCSharp_IsCalledByTheFewDrawnThingsOnly()
    {
        string[] allowed = ["src/ApexCharts.Blazor/", App + "Shared/PageScript.cs", App + "Features/Traces/", App + "Features/Conversations/ConversationPage.razor.cs"];

        var callers = Sources.Code().Where(f => JavaScript().IsMatch(f.Code)).Select(f => f.Path).ToList();

        Assert.NotEmpty(callers);
        Assert.All(callers, path => Assert.Contains(allowed, a => path.StartsWith(a, StringComparison.Ordinal)));
    }

    [Fact]
    public void DatabaseFile_InTheProduct_IsOpenedBySqliteOnly()
    {
        // One plain handle on the live file drops SQLite's locks when it closes. Whoever opens a file is on this list with what it opens.
        Dictionary<string, string> opened = new()
        {
            [App + "Access/TokenFile.cs"] = "the sign-in token beside the database",
            [App + "BundleStyles.cs"] = "style sheets, while the product is built",
            [App + "Data/DatabaseCopy.cs"] = "the copy that VACUUM INTO has just made, to sync it and to send it",
            [App + "Features/Storage/UploadFile.cs"] = "a file that arrives",
            [App + "Import/InputFile.cs"] = "a dump or its unpacked copy",
            [App + "Import/Scratch.cs"] = "a dump",
        };

        var openers = Sources.Code().Where(f => OpensFile().IsMatch(f.Code)).Select(f => f.Path).ToList();

        Assert.Empty(openers.Except(opened.Keys));
        Assert.Empty(opened.Keys.Except(openers));
    }

    [Fact]
    public void Component_OfMudBlazor_HasItsRulesInTheBundle()
    {
        // The providers draw nothing of their own.
        var kept = XDocument.Parse(Sources.Text(App + "StaticAssets.targets")).Descendants("MudBlazorStyles").Single().Value.Split(';');

        var used = Sources.Code().SelectMany(f => MudComponent().Matches(f.Code)).Select(m => m.Groups[1].Value.ToLowerInvariant()).Where(n => !n.EndsWith("provider", StringComparison.Ordinal)).Distinct();

        Assert.All(used, name => Assert.Contains(kept, k => name.StartsWith(k, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("using var s = File.OpenRead(file.FullPath);")]
    [InlineData("File.ReadAllBytes(path)")]
    [InlineData("new FileStream(path, FileMode.Open)")]
    [InlineData("File.Copy(from, to)")]
    [InlineData("new FileInfo(path).OpenRead()")]
    public void OpenPattern_OnAnOpenedFile_Finds(string code) => Assert.Matches(OpensFile(), code);

    private static bool MayHoldSql(string path)
    {
        var inside = path.StartsWith(App, StringComparison.Ordinal) ? path[App.Length..] : path;
        return inside.Split('/')[0] is "Data" or "Import" or "Demo" or "Commands"
            || Path.GetFileNameWithoutExtension(inside).Split('.')[0] is var name && (name.EndsWith("Queries", StringComparison.Ordinal) || name.EndsWith("Store", StringComparison.Ordinal)
                // Fixed clauses that several queries of a feature share.
                || name.EndsWith("Sql", StringComparison.Ordinal) || name.EndsWith("Where", StringComparison.Ordinal));
    }

    private static string? FeatureOf(string path) => path.Split('/') is [_, _, "Features", var feature, _, ..] ? feature : null;

    [GeneratedRegex(@"\bSELECT\s+[\w*(@'""]|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bPRAGMA\s+\w|\bCREATE\s+(TEMP\s+)?(TABLE|VIEW|INDEX|TRIGGER)\b|\bORDER BY\b|\bWHERE\s+\w")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bIJSRuntime\b|\bIJSObjectReference\b|\bJSInvokable\b")]
    private static partial Regex JavaScript();

    [GeneratedRegex(@"\bFile\.(Open\w*|Read\w*|Copy|Move|Replace|Create\w*|Write\w*|Append\w*)\(|\bFileStream\b|(?<!SqliteConnections)\.OpenRead\(|\.OpenText\(")]
    private static partial Regex OpensFile();

    [GeneratedRegex(@"<Mud(\w+)")]
    private static partial Regex MudComponent();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}

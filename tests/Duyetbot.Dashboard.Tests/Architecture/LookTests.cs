using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Duyetbot.Dashboard.Layout;
using MudBlazor;
using MudBlazor.Utilities;

namespace Duyetbot.Dashboard.Tests.Architecture;

/// <summary>Every colour is a token, and MudBlazor's palettes repeat the tokens.</summary>
public sealed partial class LookTests
{
    private static readonly (string Property, string Token)[] Pairs =
    [
        ("Primary", "accent"), ("PrimaryContrastText", "text-on-accent"), ("Background", "surface-0"), ("Surface", "surface-1"), ("DrawerBackground", "surface-0"),
        ("AppbarBackground", "surface-0"), ("BackgroundGray", "surface-2"), ("TableHover", "surface-hover"), ("TextPrimary", "text-1"), ("TextSecondary", "text-2"),
        ("TextDisabled", "text-3"), ("ActionDefault", "text-2"), ("LinesDefault", "border-2"), ("Divider", "border-1"), ("TableLines", "border-1"),
        ("LinesInputs", "border-control"), ("Success", "ok"), ("Error", "error"), ("Warning", "warn"), ("Info", "running"),
    ];

    public static TheoryData<string, string, string> Palettes
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (property, token) in Pairs)
            {
                data.Add("light", property, token);
                data.Add("dark", property, token);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Palettes))]
    public void Palette_OfMudBlazor_RepeatsTheToken(string theme, string property, string token)
    {
        Palette palette = theme == "dark" ? DashboardTheme.Dark.PaletteDark : DashboardTheme.Light.PaletteLight;
        var color = (MudColor)palette.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.GetValue(palette)!;

        Assert.Equal(Tokens(theme)[token], color.ToString(MudColorOutputFormats.Hex), ignoreCase: true);
    }

    [Fact]
    public void Colours_InTheProduct_StandInTokensOnly()
    {
        var files = Sources.Files("wwwroot", "*.css").Concat(Sources.Files("wwwroot", "*.js"))
            .Concat(Sources.Files("src", "*.razor")).Concat(Sources.Files("src", "*.css"))
            .Where(f => Path.GetFileName(f) != "tokens.css").ToList();

        var found = files.SelectMany(f => Colour().Matches(CssComment().Replace(Sources.Text(f), "")).Select(m => $"{f}: {m.Value}"));

        Assert.True(files.Count > 5);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("color: #fff")]
    [InlineData("background: rgb(1 2 3)")]
    [InlineData("border-color: red;")]
    public void ColourPattern_OnAColour_Finds(string css) => Assert.Matches(Colour(), css);

    [Fact]
    public void Tokens_OfBothThemes_NameTheSameColours()
    {
        var (light, dark) = (Tokens("light"), Tokens("dark"));

        Assert.Equal(light.Keys.Order(), dark.Keys.Order());
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Text_OnEverySurface_HasContrast(string theme)
    {
        var tokens = Tokens(theme);
        foreach (var surface in new[] { "surface-0", "surface-1", "surface-2", "surface-hover", "surface-selected" })
        {
            foreach (var text in new[] { "text-1", "text-2", "text-3" })
                Assert.True(Contrast(tokens[text], tokens[surface]) >= 4.5, $"{theme}: {text} on {surface} has {Contrast(tokens[text], tokens[surface]):0.00}.");
        }
    }

    private static Dictionary<string, string> Tokens(string theme)
    {
        var css = Sources.Text("wwwroot/css/tokens.css");
        var start = css.IndexOf(theme == "dark" ? "html[data-theme=dark] {" : ":root {", StringComparison.Ordinal);
        return Token().Matches(css[start..css.IndexOf('}', start)]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    // WCAG 2.2: relative luminance.
    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex(@"--([\w-]+):\s*(#[0-9a-fA-F]{6})\b")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<![&\w/""'(])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?!\s*\{)|(?<=[""':(]\s*)#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b|\b(?:rgba?|hsla?|oklch|lab)\(|(?:color|background|fill|stroke)\s*[:=]\s*""?(?:white|black|red|green|blue|gr[ae]y|orange|yellow|purple|pink)\b")]
    private static partial Regex Colour();

    [GeneratedRegex(@"/\*[\s\S]*?\*/|@\*[\s\S]*?\*@")]
    private static partial Regex CssComment();
}

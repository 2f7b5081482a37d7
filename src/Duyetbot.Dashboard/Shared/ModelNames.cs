using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The names under which a model's price may stand. The views' look-up is the truth; this is the same rule for names that are asked about before they cost anything.</summary>
public static partial class ModelNames
{
    /// <summary>What is tried where no price has the exact name, the longest first: without tag and date suffix, without provider prefix, without all of them.</summary>
    /// <param name="model">A name as the data holds it: <c>openai/gpt-4o-2024-08-06:beta</c>.</param>
    public static IReadOnlyList<string> Shortened(string model)
    {
        var start = model.LastIndexOf('/') + 1;
        var (prefix, name) = (model[..start], model[start..]);
        var bare = name;
        if (bare.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            bare = bare[..colon];
        bare = DateSuffix().Replace(bare, "", 1);
        return [.. new[] { prefix + bare, name, bare }.Where(n => n != model).Distinct().OrderByDescending(n => n.Length)];
    }

    /// <summary>True where a price of that name is tried for the model.</summary>
    public static bool MayPrice(string price, string model) => price == model || Shortened(model).Contains(price);

    // -2024-08-06, -20240806 or @20240806 at the end.
    [GeneratedRegex(@"-[12][0-9]{3}-[01][0-9]-[0-3][0-9]\z|[-@]20[0-9]{2}[01][0-9][0-3][0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateSuffix();
}

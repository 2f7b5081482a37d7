namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>The shade of each cell of a heat map.</summary>
public static class HeatLevels
{
    /// <summary>The darkest shade; the cells' classes are h1 to h5, and 0 is the empty cell.</summary>
    public const int Darkest = 5;

    /// <summary>What the shades mean, in words.</summary>
    public const string Meaning = "Fifths of the filled cells, by rank";

    /// <summary>A level per value: 0 for nothing, else 1 to 5 by the value's rank among the filled ones, so that one large value does not pale the rest.</summary>
    public static int[] Of(IReadOnlyList<double> values)
    {
        var filled = values.Where(v => v > 0).Order().ToList();
        return [.. values.Select(LevelOf)];

        int LevelOf(double value)
        {
            if (value <= 0)
                return 0;
            // The first of its equals: the search may stop at any of them.
            var at = filled.BinarySearch(value);
            while (at > 0 && filled[at - 1] == value)
                at--;
            return 1 + Math.Min(Darkest - 1, Darkest * at / filled.Count);
        }
    }

    /// <summary>The class of a level; null for the empty cell.</summary>
    public static string? ClassOf(int level) => level == 0 ? null : $"h{level}";
}

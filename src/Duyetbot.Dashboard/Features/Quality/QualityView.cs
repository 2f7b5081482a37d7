namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>A check that found something.</summary>
public sealed record Finding(QualityKind Kind, FindingCount Count);

/// <summary>What the checks that have answered say: findings with the most serious first, and those that found nothing.</summary>
/// <param name="Found">The findings.</param>
/// <param name="Clean">The checks that found nothing.</param>
public sealed record QualityView(IReadOnlyList<Finding> Found, IReadOnlyList<Finding> Clean)
{
    /// <summary>Puts the answers together; a group that has not answered is null and left out.</summary>
    public static QualityView From(IEnumerable<GroupAnswer?> answers)
    {
        var counts = answers.OfType<GroupAnswer>().SelectMany(a => a.Counts).ToDictionary(c => c.Kind);
        var findings = QualityKinds.All.Where(k => counts.ContainsKey(k.Kind)).Select(k => new Finding(k, counts[k.Kind])).ToList();
        return new QualityView([.. findings.Where(f => f.Count.Count > 0)], [.. findings.Where(f => f.Count.Count == 0)]);
    }

    /// <summary>True where a check did not look at every row of the range.</summary>
    public bool HasBounds => Found.Concat(Clean).Any(f => !f.Count.IsWhole);

    /// <summary>How many findings are of a severity.</summary>
    public int CountOf(FindingSeverity severity) => Found.Count(f => f.Kind.Severity == severity);
}

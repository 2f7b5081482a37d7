namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>A check that has answered.</summary>
public sealed record Finding(QualityKind Kind, FindingCount Count);

/// <summary>A line of the list: a check with its answer, or its place until the answer is there.</summary>
/// <param name="Kind">The check.</param>
/// <param name="Count">What it found; null while it is being checked, and where that failed.</param>
public sealed record QualityLine(QualityKind Kind, FindingCount? Count);

/// <summary>What the checks that have answered say: findings with the most serious first, and those that found nothing.</summary>
/// <param name="Lines">Findings, and the places of checks that were waited for, in one order.</param>
/// <param name="Found">The findings.</param>
/// <param name="Clean">The checks that found nothing.</param>
public sealed record QualityView(IReadOnlyList<QualityLine> Lines, IReadOnlyList<Finding> Found, IReadOnlyList<Finding> Clean)
{
    /// <summary>Puts the answers together; a group that has not answered is null.</summary>
    /// <param name="answers">The answers so far.</param>
    /// <param name="places">Checks that keep a line whatever they find: what is being read below them must not move up.</param>
    public static QualityView From(IEnumerable<GroupAnswer?> answers, IReadOnlySet<string>? places = null)
    {
        var counts = answers.OfType<GroupAnswer>().SelectMany(a => a.Counts).ToDictionary(c => c.Kind);
        var lines = QualityKinds.All.Select(k => new QualityLine(k, counts.GetValueOrDefault(k.Kind))).Where(l => l.Count?.Count > 0 || places?.Contains(l.Kind.Kind) == true);
        var findings = QualityKinds.All.Where(k => counts.ContainsKey(k.Kind)).Select(k => new Finding(k, counts[k.Kind])).ToList();
        return new QualityView([.. lines], [.. findings.Where(f => f.Count.Count > 0)], [.. findings.Where(f => f.Count.Count == 0)]);
    }

    /// <summary>True where a check did not look at every row of the range.</summary>
    public bool HasBounds => Found.Concat(Clean).Any(f => !f.Count.IsWhole);

    /// <summary>The checks that found nothing and have no line.</summary>
    public IReadOnlyList<Finding> Folded => [.. Clean.Where(c => !Lines.Any(l => l.Kind == c.Kind))];

    /// <summary>How many findings are of a severity.</summary>
    public int CountOf(FindingSeverity severity) => Found.Count(f => f.Kind.Severity == severity);
}

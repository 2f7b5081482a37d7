using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Commands;

/// <summary>Prints an import's report: a line per table, then what needs a look.</summary>
internal static class ImportPrinter
{
    private const int NamedLines = 20;

    public static void Print(ImportReport report, CommandOutput output, TextWriter errors)
    {
        var verb = report.DryRun ? "would be " : "";
        foreach (var (table, c) in report.Tables)
            output.Line($"{table}: {c.Read:N0} read, {c.Added:N0} {verb}added, {c.Updated:N0} {verb}updated, {c.Skipped:N0} skipped (already here), {c.Rejected:N0} rejected");
        if (report.Folded > 0)
            output.Line($"{report.Folded:N0} rows of older versions' duplicate tables were folded into messages, events and annotations first.");
        if (report.WithoutEvent > 0)
            output.Line($"{report.WithoutEvent:N0} messages name an event that is in neither database; the id is kept in their metadata.");
        // Many views and triggers of one kind make one line.
        foreach (var kind in report.LeftAside.GroupBy(l => l.Key.StartsWith("CREATE ", StringComparison.Ordinal) ? string.Join(' ', l.Key.Split(' ').Take(2)) : l.Key))
        {
            var names = kind.Select(l => l.Key[kind.Key.Length..].Trim()).Where(n => n.Length > 0).ToList();
            output.Line($"Left aside: {kind.Key}{(names.Count > 0 ? $" {string.Join(", ", names)}" : "")} ({kind.Sum(l => l.Value.Count):N0}, first: {kind.First().Value.First})");
        }

        if (report.AmbiguousRows > 0)
        {
            output.Line($"{report.AmbiguousRows:N0} rows hold line breaks beside quoted text: a dump cannot tell a line break from a backslash and an n in code. For exact texts import the SQLite file instead.");
            Named(report.Ambiguous, report.AmbiguousRows, output.Line);
        }

        if (report.Rejected > 0)
        {
            errors.WriteLine($"{report.Rejected:N0} rows were rejected:");
            Named([.. report.Rejections.Select(r => $"{r.Where}: {r.Reason}")], report.Rejected, errors.WriteLine);
        }
    }

    private static void Named(IReadOnlyList<string> lines, long total, Action<string> line)
    {
        foreach (var text in lines.Take(NamedLines))
            line($"  {text}");
        if (total > NamedLines)
            line($"  … and {total - Math.Min(lines.Count, NamedLines):N0} more");
    }
}

using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Takes errors, gives groups by agent and fingerprint.</summary>
internal sealed class ErrorFold(AgentQuestion question)
{
    private const int Samples = 3;
    private const int Listed = 8;
    private const int Newest = 12;

    private readonly Periods _periods = question.Periods;
    private readonly Dictionary<string, string> _fingerprints = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Agent, string Fingerprint), List<(AgentErrorRow Row, string Text)>> _groups = [];

    /// <summary>Adds an error; one outside the filter is passed over.</summary>
    public void Add(AgentErrorRow row)
    {
        if (!question.Takes(row.AgentName, row.Model))
            return;
        var text = row.Text;
        if (!_fingerprints.TryGetValue(text, out var fingerprint))
            _fingerprints[text] = fingerprint = ErrorFingerprint.Of(text);
        if (!_groups.TryGetValue((row.AgentName, fingerprint), out var group))
            _groups[(row.AgentName, fingerprint)] = group = [];
        group.Add((row, text));
    }

    /// <summary>Every group, the most frequent first, then the newest.</summary>
    public ErrorReport ToReport() => new(
        [.. _groups.Select(g => GroupOf(g.Key, g.Value)).OrderByDescending(g => g.ErrorCount).ThenByDescending(g => g.LastSeenAt).ThenBy(g => g.ErrorKey, StringComparer.Ordinal)],
        _groups.Values.Sum(g => (long)g.Count),
        UsersOf(_groups.Values.SelectMany(g => g)));

    /// <summary>The group of a key with its details; null where it has no error in the range.</summary>
    public ErrorDetail? FindDetail(string errorKey)
    {
        foreach (var (key, rows) in _groups)
        {
            if (ErrorFingerprint.Key(key.Agent, key.Fingerprint) != errorKey)
                continue;
            var messages = Counts(rows.Select(r => (string?)r.Text));
            return new ErrorDetail
            {
                Group = GroupOf(key, rows),
                Messages = [.. messages.Take(Listed)],
                MessageCount = messages.Count,
                Users = [.. Counts(rows.Select(r => r.Row.UserId)).Take(Listed)],
                Models = Counts(rows.Select(r => r.Row.Model)),
                Newest = SamplesOf(rows, Newest),
            };
        }

        return null;
    }

    private static List<ErrorTally> Counts(IEnumerable<string?> names) =>
        [.. names.GroupBy(n => n, StringComparer.Ordinal).Select(g => new ErrorTally(g.Key, g.Count())).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];

    private static int UsersOf(IEnumerable<(AgentErrorRow Row, string Text)> rows) => rows.Select(r => r.Row.UserId).Where(u => u is not null).Distinct(StringComparer.Ordinal).Count();

    private static List<ErrorSample> SamplesOf(List<(AgentErrorRow Row, string Text)> rows, int count) =>
    [
        .. rows.OrderByDescending(r => r.Row.TriggeredAt).ThenBy(r => r.Row.StepId ?? r.Row.EventId, StringComparer.Ordinal).Take(count)
            .Select(r => new ErrorSample(r.Row.TriggeredAt, r.Row.EventId, r.Row.StepId, r.Row.UserId, r.Row.Model, r.Text)),
    ];

    private ErrorGroup GroupOf((string? Agent, string Fingerprint) key, List<(AgentErrorRow Row, string Text)> rows)
    {
        var trend = new double[_periods.Count];
        foreach (var (row, _) in rows)
        {
            if (_periods.IndexOf(row.TriggeredAt) is >= 0 and var index)
                trend[index]++;
        }

        return new ErrorGroup
        {
            ErrorKey = ErrorFingerprint.Key(key.Agent, key.Fingerprint),
            Fingerprint = key.Fingerprint,
            AgentName = key.Agent,
            ErrorCount = rows.Count,
            UserCount = UsersOf(rows),
            FirstSeenAt = rows.Min(r => r.Row.TriggeredAt),
            LastSeenAt = rows.Max(r => r.Row.TriggeredAt),
            Samples = SamplesOf(rows, Samples),
            Trend = trend,
        };
    }
}

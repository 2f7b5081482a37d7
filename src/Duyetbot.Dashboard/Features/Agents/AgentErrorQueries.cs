using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Reads what failed: whole clean hours from agent_errors, everything else from the view.</summary>
public sealed class AgentErrorQueries(Database database)
{
    /// <summary>The errors of the range in groups by agent and fingerprint.</summary>
    public async Task<ErrorReport> GetErrorsAsync(AgentQuestion question, CancellationToken cancellationToken) =>
        (await FoldAsync(question, cancellationToken)).ToReport();

    /// <summary>One group with its messages, users and places; null where it has no error in the range.</summary>
    public async Task<ErrorDetail?> FindDetailAsync(AgentQuestion question, string errorKey, CancellationToken cancellationToken) =>
        (await FoldAsync(question, cancellationToken)).FindDetail(errorKey);

    private Task<ErrorFold> FoldAsync(AgentQuestion question, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var fold = new ErrorFold(question);
            // An error has its own time, so no hour needs to be cut for the periods.
            var (plan, _) = AgentQueries.PlanOf(connection, question.Range, periods: null, priceEdges: []);
            var kept = connection.Query<long, AgentErrorRow, (long Hour, AgentErrorRow Row)>(
                $"SELECT hour_start, {AgentSourceQueries.ErrorColumns} FROM agent_errors WHERE hour_start >= @from AND hour_start < @to",
                (hour, row) => (hour, row),
                new { from = plan.CleanFrom, to = plan.CleanTo },
                buffered: false,
                splitOn: "triggered_at");
            foreach (var (hour, row) in kept)
            {
                if (plan.IsClean(hour))
                    fold.Add(row);
            }

            foreach (var (from, to) in plan.Live)
            {
                foreach (var row in AgentSourceQueries.ReadErrors(connection, from, to))
                    fold.Add(row);
            }

            return fold;
        },
        cancellationToken);
}

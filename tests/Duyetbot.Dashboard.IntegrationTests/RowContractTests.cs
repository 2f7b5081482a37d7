using Dapper;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests;

/// <summary>A row is its view: every column has a property and every property a column, by the same name in another case.</summary>
public sealed class RowContractTests : IDisposable
{
    private readonly TestDatabase _database = new();

    /// <summary>View, row, and columns that lists leave out for their length.</summary>
    public static TheoryData<string, Type, string[]> Contracts => new()
    {
        { "analytics_messages_view", typeof(MessageRow), [] },
        { "analytics_agent_steps_view", typeof(StepRow), [] },
        { "analytics_events_view", typeof(EventRow), [] },
        { "analytics_events_view", typeof(EventSummaryRow), ["input_text", "response_text", "agents", "metadata"] },
    };

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Row_OfAView_HasExactlyItsColumns(string view, Type row, string[] leftOut)
    {
        var columns = _database.Connection.Query<string>("SELECT name FROM pragma_table_info(@view)", new { view }).Except(leftOut).Select(c => c.Replace("_", "")).Order(StringComparer.OrdinalIgnoreCase);
        var properties = row.GetProperties().Where(p => p.SetMethod is not null).Select(p => p.Name).Order(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(columns, properties, StringComparer.OrdinalIgnoreCase);
    }

    public void Dispose() => _database.Dispose();
}

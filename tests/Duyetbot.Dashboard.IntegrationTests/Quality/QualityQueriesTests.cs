using Dapper;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.Features.Quality;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Quality;

/// <summary>Each check finds its row and nothing else; clean rows are found by none.</summary>
public sealed class QualityQueriesTests : IDisposable
{
    private const long Hour = 3_600_000;
    private const string Chain = """[{"name":"router","type":"agent","duration_ms":100,"input_tokens":10,"output_tokens":5,"workers":[]}]""";
    private static readonly Instant Now = Instant.FromUnixTimeMilliseconds(TestDatabase.Now);
    private static readonly TimeRange AllTime = new() { Preset = "all" };
    private readonly TestDatabase _database = new();
    private readonly QualityQueries _queries;

    public QualityQueriesTests() => _queries = new QualityQueries(_database.Database, new ChainQueries(_database.Database));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => new(QualityKinds.All.Select(k => k.Kind));

    [Fact]
    public void Kinds_AllOfThem_HaveADirtyRow() => Assert.Equal(QualityKinds.All.Select(k => k.Kind).Order(), DirtyRows.All.Keys.Order());

    [Fact]
    public async Task Count_CleanRows_FindsNothingAndLooksAtAll()
    {
        GivenCleanWorld();

        var counts = await CountAsync(AllTime);

        Assert.Equal(QualityKinds.All.Count, counts.Count);
        Assert.Empty(counts.Values.Where(c => c.Count != 0).Select(c => c.Kind));
        Assert.Equal((4, 2, 2), (counts["message_value_absurd"].Checked, counts["event_stuck"].Checked, counts["ledger_steps"].Checked));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Count_OneDirtyRow_FindsItAloneWithItsReason(string kind)
    {
        GivenCleanWorld();
        var dirty = DirtyRows.All[kind];
        Spoil(dirty.Sql);

        var counts = await CountAsync(AllTime);
        var rows = await ListAsync(kind, AllTime, 50, null);

        Assert.Equal(dirty.Also.Append(kind).Order(), counts.Values.Where(c => c.Count > 0).Select(c => c.Kind).Order());
        Assert.All(dirty.Also.Append(kind), k => Assert.Equal(1, counts[k].Count));
        var row = Assert.Single(rows.Items);
        Assert.Equal(dirty.Id, QualityKinds.Find(kind)!.Noun switch { "message" => row.MessageId, "trace" => row.EventId, _ => row.Model });
        Assert.Contains(dirty.Reason, row.Reason, StringComparison.Ordinal);
        Assert.Null(rows.NextCursor);
        Assert.Equal((row.At, row.At), (counts[kind].FirstSeenAt, counts[kind].LastSeenAt));
    }

    [Fact]
    public async Task Count_Range_LeavesOutWhatLiesOutsideAndKeepsWhatHasNoTime()
    {
        GivenCleanWorld();
        Spoil(DirtyRows.All["event_value_absurd"].Sql);
        Spoil(DirtyRows.All["message_value_absurd"].Sql);
        Spoil(DirtyRows.All["step_value_absurd"].Sql);
        Spoil("UPDATE chat_messages SET timestamp = -99999999999999 WHERE message_id = 'telegram:2:2/2'");

        var before = await CountAsync(new TimeRange { Preset = null, From = 0, To = TestDatabase.Now - Hour });
        var then = await CountAsync(new TimeRange { Preset = null, From = TestDatabase.Now - Hour, To = TestDatabase.Now });

        Assert.Equal(["message_time_unusable"], before.Values.Where(c => c.Count > 0).Select(c => c.Kind));
        Assert.Equal(0, before["event_value_absurd"].Checked);
        Assert.Equal((1, 1, 1, 1), (then["event_value_absurd"].Count, then["message_value_absurd"].Count, then["step_value_absurd"].Count, then["message_time_unusable"].Count));
    }

    [Theory]
    [InlineData("message_value_absurd")]
    [InlineData("message_time_unusable")]
    [InlineData("agents_not_json")]
    public async Task List_PageByPage_GivesEveryRowOnce(string kind)
    {
        for (var i = 1; i <= 7; i++)
        {
            object at = kind == "message_time_unusable" ? (i % 3) switch { 0 => "never", 1 => -99_999_999_999_999L, _ => 1.5 } : TestDatabase.Now - (i / 2 * Hour);
            _database.GivenBotMessage(sequence: i, input: "many", at: at);
            _database.GivenEvent($"e{i}", agents: "[", at: TestDatabase.Now - (i / 2 * Hour));
        }

        var ids = new List<string?>();
        string? cursor = null;
        do
        {
            var page = await ListAsync(kind, AllTime, 2, cursor);
            ids.AddRange(page.Items.Select(r => r.MessageId ?? r.EventId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(7, ids.Count);
        Assert.Equal(7, ids.Distinct().Count());
        Assert.Equal(7, (await CountAsync(AllTime))[kind].Count);
    }

    [Fact]
    public async Task Count_DemoData_FindsItsOddRowsAndNothingElse()
    {
        await DemoData.WriteAsync(
            _database.Database,
            new DemoOptions { Messages = 2_500, Days = 10, Seed = 7, End = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now) },
            null,
            Token);

        var found = (await CountAsync(AllTime)).Values.Where(c => c.Count > 0).ToDictionary(c => c.Kind, c => c.Count);

        string[] onPurpose = ["agents_not_json", "agents_not_array", "message_value_absurd", "sequence_repeated", "event_without_message", "message_without_event", "ledger_messages", "model_without_price", "event_stuck"];
        Assert.Empty(found.Keys.Except(onPurpose));
        Assert.Equal((2, 1), (found["message_value_absurd"], found["agents_not_array"]));
        Assert.Equal(Number("SELECT COUNT(*) FROM observability_events WHERE agents IS NOT NULL AND NOT json_valid(agents)"), found["agents_not_json"]);
        Assert.Equal(Number("SELECT SUM(n - 1) FROM (SELECT COUNT(*) AS n FROM chat_messages GROUP BY session_id, sequence)"), found["sequence_repeated"]);
    }

    public void Dispose() => _database.Dispose();

    private void GivenCleanWorld()
    {
        _database.GivenPrice("gpt", 1, 1);
        for (var i = 1; i <= 2; i++)
        {
            var at = TestDatabase.Now - (Hour / 2);
            var id = _database.GivenEvent($"e{i}", at: at, durationMs: 1_000L, agents: Chain, input: 10L, output: 5L, model: "gpt", user: "1");
            _database.GivenBotMessage($"telegram:{i}:{i}", 1, eventId: id, at: at);
            _database.GivenBotMessage($"telegram:{i}:{i}", 2, "assistant", eventId: id, input: 10L, output: 5L, at: at + 1_000);
        }

        Spoil(DirtyRows.CleanWorld);
    }

    // What no INSERT of today can write may still stand in an old file.
    private void Spoil(string sql) => _database.Connection.Execute($"PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; {sql}");

    private long Number(string sql) => _database.Connection.ExecuteScalar<long>(sql);

    private Task<Page<FindingSample>> ListAsync(string kind, TimeRange range, int limit, string? cursor) =>
        _queries.ListAsync(QualityKinds.Find(kind)!, range, Now, limit, cursor, toTheEnd: true, Token);

    private async Task<Dictionary<string, FindingCount>> CountAsync(TimeRange range)
    {
        var counts = new Dictionary<string, FindingCount>();
        foreach (var group in Enum.GetValues<QualityGroup>())
        {
            foreach (var count in (await _queries.CountAsync(group, range, Now, Token)).Counts)
                counts.Add(count.Kind, count);
        }

        return counts;
    }
}

using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.IntegrationTests.Fuzz;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Api;

/// <summary>A product with a row of everything, and what its document says.</summary>
public sealed class DescribedProduct : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    public TestServer Server { get; private set; } = null!;

    public JsonElement Document { get; private set; }

    /// <summary>An id of each kind that is there.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; private set; } = new Dictionary<string, string>();

    internal IReadOnlyList<FuzzOperation> Operations { get; private set; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await DemoData.WriteAsync(_database.Database, new DemoOptions { Messages = 200, Days = 5, Seed = 7, End = DateTimeOffset.UtcNow }, null, Token);
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _database.GivenEvent("seen", at: now, model: "gpt-5", user: "u1", durationMs: 900L, input: 5L, agents: """[{"name":"router","model":"gpt-5","duration_ms":5,"input_tokens":5,"workers":[{"name":"w","error":"timeout"}]}]""");
        var row = _database.GivenMessage("seen:1", role: "assistant", eventId: "seen", input: 5, output: 2, model: "gpt-5", at: now, user: "u1", username: "Ann", platform: "telegram");
        Server = await TestServer.StartAsync(_database.File);
        using var document = JsonDocument.Parse(await Server.Client.GetStringAsync("/openapi/v1.json", Token));
        Document = document.RootElement.Clone();
        Operations = FuzzGrammar.Read(Document);
        Ids = new Dictionary<string, string>
        {
            ["conversation_id"] = "seen:1",
            ["event_id"] = "seen",
            ["user_id"] = "u1",
            ["id"] = "1",
            ["message_id"] = _database.Connection.ExecuteScalar<string>("SELECT message_id FROM analytics_messages_view WHERE id = @row", new { row })!,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _database.Dispose();
    }
}

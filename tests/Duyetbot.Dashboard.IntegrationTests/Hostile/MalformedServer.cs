using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.IntegrationTests.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Hostile;

/// <summary>The product over more than 500 malformed rows and a few good ones, whose sums are known.</summary>
public sealed class MalformedServer : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 4_000 };

    /// <summary>The user, the model and the agent of the good rows.</summary>
    public const string Good = "good";

    /// <summary>Messages, and events, of the good rows.</summary>
    public const int GoodRows = 40;

    private readonly TestDatabase _database = new();

    /// <summary>The running product.</summary>
    public TestServer Server { get; private set; } = null!;

    /// <summary>How many rows are malformed.</summary>
    public int Malformed { get; private set; }

    /// <summary>Input tokens of the good rows; their output is twice that.</summary>
    public static long GoodInput => Enumerable.Range(1, GoodRows).Sum();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        for (var i = 1; i <= GoodRows; i++)
        {
            var ev = _database.GivenEvent($"good-{i}", durationMs: 100L * i, agents: $$"""[{"name":"{{Good}}","duration_ms":{{100 * i}},"input_tokens":{{i}},"output_tokens":{{2 * i}},"model":"{{Good}}"}]""", input: (long)i, output: 2L * i, model: Good, user: Good, at: TestDatabase.Now - i);
            _database.GivenMessage($"telegram:{Good}:{i % 5}", i, i % 2 == 0 ? "assistant" : "user", $"good text {i}", ev, i, 2 * i, model: Good, user: Good, at: TestDatabase.Now - i);
        }

        _database.GivenPrice(Good, 1, 10);
        Malformed = MalformedRows.Insert(_database.Connection);
        Server = await TestServer.StartAsync(_database.File, b => b.Services.AddSingleton<TimeProvider>(new FixedTime(TestDatabase.Now)));
    }

    /// <summary>The ids of a column that fit into an address and are text.</summary>
    public List<string> Ids(string sql) => [.. _database.Connection.Query<string?>(sql).OfType<string>().Where(id => id.Length is > 0 and < 2_000).Distinct()];

    /// <summary>A plain count.</summary>
    public long Count(string sql) => _database.Connection.ExecuteScalar<long>(sql);

    /// <summary>The answer to a question that must be answered, as JSON.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text[..Math.Min(300, text.Length)]}");
        return JsonSerializer.Deserialize<JsonElement>(text, Deep);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _database.Dispose();
    }
}

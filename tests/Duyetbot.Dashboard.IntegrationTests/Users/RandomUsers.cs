using Dapper;
using Duyetbot.Dashboard.Features.Users;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Users;

/// <summary>Messages and errors of a fixed seed, and the plain sums over them: what the product must say.</summary>
internal sealed class RandomUsers
{
    private const long Hour = 3_600_000;
    private readonly List<Message> _messages = [];
    private readonly List<Failure> _failures = [];

    /// <summary>The end of the days in which everything lies; a price changes half an hour into one of their hours.</summary>
    public const long End = TestDatabase.Now;

    /// <summary>Ids hold what a path must escape.</summary>
    public const string OddUser = "api:a/b#1 100% ü";

    /// <summary>When the price of <c>m1</c> changes.</summary>
    public const long PriceChange = End - (36 * Hour) + (Hour / 2);

    /// <summary>USD per 1,000 input tokens before <see cref="PriceChange"/>; ten times that after.</summary>
    public double InputPrice { get; private set; } = 1;

    /// <summary>Inserts four days of messages; the database holds nothing else.</summary>
    public RandomUsers(TestDatabase database)
    {
        database.GivenPrice("m1", input: 1, output: 2, to: PriceChange);
        database.GivenPrice("m1", input: 10, output: 20, from: PriceChange);
        var random = new Random(20261123);
        string?[] users = ["1", "2", "3", "4", OddUser, null];
        for (var i = 0; i < 400; i++)
        {
            var user = users[random.Next(users.Length)];
            var session = random.Next(3);
            var row = new Message
            {
                At = End - random.NextInt64(4 * 24 * Hour),
                User = user,
                Platform = session == 0 ? "github" : "telegram",
                // Nobody's are the sessions without a colon; the last one is shared by all.
                Session = random.Next(20) == 0 ? "shared" : user is null ? $"cli{session}" : $"{(session == 0 ? "github" : "telegram")}:{user}:{session}",
                Input = random.Next(2000),
                Output = random.Next(500),
                Model = random.Next(4) switch { 0 => "unpriced", 1 => null, _ => "m1" },
                Archived = random.Next(8) == 0,
                Name = user is null ? null : random.Next(3) == 0 ? $"Old {user}" : $"Name {user}",
            };
            Insert(database, row, i);
        }

        for (var i = 0; i < 60; i++)
        {
            var failure = new Failure { Id = $"failed-{i}", At = End - random.NextInt64(4 * 24 * Hour), User = random.Next(9) == 0 ? "only-errors" : users[random.Next(users.Length)] };
            database.GivenEvent(failure.Id, at: failure.At, user: failure.User, username: failure.User == "only-errors" ? "Unlucky" : null, status: "error");
            _failures.Add(failure);
        }

        // Counts that are NULL in the table count as 0.
        var without = database.GivenBotMessage("telegram:1:1", 9_999, "assistant", at: End - (5 * Hour));
        database.Connection.Execute("UPDATE chat_messages SET input_tokens = NULL, output_tokens = NULL WHERE id = @without", new { without });
        _messages.Add(new Message { At = End - (5 * Hour), User = "1", Platform = "telegram", Session = "telegram:1:1" });
    }

    /// <summary>The prices of input tokens are twice as high from now on.</summary>
    public void DoublePrices() => InputPrice *= 2;

    /// <summary>One more message, for a roll-up that is stale.</summary>
    public void Add(TestDatabase database, string user, long at) =>
        Insert(database, new Message { At = at, User = user, Platform = "telegram", Session = $"telegram:{user}:1", Input = 77, Output = 3, Model = "m1", Name = $"Name {user}" }, 20_000 + _messages.Count);

    /// <summary>The row of every user that passes, by user; nobody is ''.</summary>
    public IReadOnlyDictionary<string, UserRow> Plain(UserFilter filter)
    {
        var messages = Messages(filter).ToLookup(m => m.User ?? "");
        var failures = _failures.Where(f => In(f.At, filter)).ToLookup(f => f.User ?? "");
        return messages.Select(m => m.Key).Union(failures.Select(f => f.Key)).ToDictionary(u => u, user =>
        {
            var (mine, met) = (messages[user].ToList(), failures[user].ToList());
            var seen = mine.Select(m => m.At).Concat(met.Select(f => f.At)).ToList();
            var unpriced = mine.Where(m => m.Model != "m1").Sum(m => m.Input + m.Output);
            var tokens = mine.Sum(m => m.Input + m.Output);
            return new UserRow
            {
                UserId = user.Length == 0 ? null : user,
                ConversationCount = mine.Select(m => m.Session).Distinct().Count(),
                MessageCount = mine.Count,
                InputTokens = mine.Sum(m => m.Input),
                OutputTokens = mine.Sum(m => m.Output),
                TotalTokens = tokens,
                EstimatedCostUsd = unpriced > 0 && unpriced >= tokens ? null : mine.Where(m => m.Model == "m1").Sum(m => ((InputPrice * m.Input) + (2.0 * m.Output)) * (m.At < PriceChange ? 1 : 10) / 1000),
                UnpricedTokens = unpriced,
                ErrorCount = met.Count,
                FirstSeenAt = seen.Min(),
                LastSeenAt = seen.Max(),
            };
        });
    }

    /// <summary>Conversations of the messages that pass, each once.</summary>
    public int Conversations(UserFilter filter) => Messages(filter).Select(m => m.Session).Distinct().Count();

    private IEnumerable<Message> Messages(UserFilter filter) => _messages.Where(m => In(m.At, filter)
        && (filter.Archived is not { } archived || m.Archived == archived)
        && (filter.Platform is null || m.Platform == filter.Platform));

    private static bool In(long at, UserFilter filter) => at >= (filter.From ?? long.MinValue) && at < (filter.To ?? long.MaxValue);

    private void Insert(TestDatabase database, Message row, int sequence)
    {
        var id = database.GivenMessage(row.Session, sequence, sequence % 2 == 0 ? "user" : "assistant", input: row.Input, output: row.Output, model: row.Model, at: row.At, user: row.User, username: row.Name, platform: row.Platform, archived: row.Archived);
        if (row.User is null)
            database.Connection.Execute("UPDATE chat_messages SET user_id = @empty WHERE id = @id", new { id, empty = sequence % 3 == 0 ? "" : null });
        _messages.Add(row);
    }

    private sealed record Message
    {
        public long At { get; init; }

        public string? User { get; init; }

        public string Platform { get; init; } = "";

        public string Session { get; init; } = "";

        public long Input { get; init; }

        public long Output { get; init; }

        public string? Model { get; init; }

        public bool Archived { get; init; }

        public string? Name { get; init; }
    }

    private sealed record Failure
    {
        public string Id { get; init; } = "";

        public long At { get; init; }

        public string? User { get; init; }
    }
}

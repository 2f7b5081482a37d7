using CsCheck;
using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Search;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Search;

/// <summary>What the index finds is what a plain look at every text finds, whatever is typed and however far the index is built.</summary>
public sealed class SearchScanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    public void List_OfRandomTexts_IsWhatAPlainScanFinds(int percentMissing)
    {
        // A database for each sample would take minutes: one holds many texts, and each sample asks it many times.
        Gen.Select(SearchTexts.Text.Array[150], Gen.Int[0, 40_000].Array[150]).SelectMany((texts, times) => SearchTexts.SearchOf(texts).Array[80].Select(searches => (texts, times, searches)))
            .Sample(s => Check(s.texts, s.times, s.searches, percentMissing), iter: 4, threads: 1);
    }

    [Fact]
    public async Task List_OfTwentyThousandStrings_NeverFails()
    {
        using var database = new TestDatabase();
        string[] texts = ["plain text (with) \"signs\"", "天气 模型", "a*b", "NEAR AND OR", ""];
        foreach (var (text, i) in texts.Select((t, i) => (t, i)))
            database.GivenBotMessage("s", i, content: text);
        var typed = new List<string>();
        Gen.Frequency((2, Gen.String), (2, SearchTexts.Text), (1, SearchTexts.SearchOf(texts)), (1, Gen.String["\"*-^:(){}AND OR NOT+,.\0'\\"]), (1, Gen.Char["ab \"*-天"].Array[200, 900].Select(c => new string(c))))
            .Sample(s => { typed.Add(s); }, iter: 20_000, threads: 1);

        // A read may take 15 s: a slow machine has not looked for all of them by then.
        var hits = 0L;
        foreach (var part in typed.Chunk(1_000))
            hits += await database.Database.ReadAsync(c => part.Sum(t => (long)SearchHits.Newest(c, SearchQuery.Parse(t), 0, SearchHits.LastSecond).Count()), Token);

        Assert.True(typed.Count >= 20_000);
        Assert.True(hits > 1000);
    }

    [Theory]
    [InlineData("error")]
    [InlineData("thời gian")]
    [InlineData("天气")]
    public async Task List_OfAPlainWord_IsWhatLikeFindsAtWordEdges(string word)
    {
        using var database = new TestDatabase();
        string[] texts = [$"an {word} here", word, $"{word}, and more", "nothing", $"({word})", "terror"];
        foreach (var (text, i) in texts.Select((t, i) => (t, i)))
            database.GivenBotMessage("s", i, content: text);

        var page = await new MessageQueries(database.Database).ListAsync(new MessageFilter { Q = word }, MessageSort.Newest, 50, null, Token);

        var like = await database.Connection.QueryAsync<long>("SELECT id FROM chat_messages WHERE content LIKE '%' || @word || '%' AND content <> 'terror'", new { word });
        Assert.Equal(like.Order(), page.Items.Select(m => m.Id).Order());
    }

    private static void Check(string[] texts, int[] times, string[] searches, int percentMissing)
    {
        using var database = new TestDatabase();
        if (percentMissing > 0)
            database.Connection.Execute("UPDATE search_build SET missing_up_to = @upTo", new { upTo = texts.Length * percentMissing / 100 });
        var rows = texts.Select((text, i) => (Id: database.GivenBotMessage($"s:{i % 7}", i, content: text, at: TestDatabase.Now + times[i]), Text: text, At: TestDatabase.Now + times[i])).ToList();
        // As SQLite gives it back: half a surrogate pair is no text.
        rows = [.. rows.Select(r => r with { Text = database.Connection.ExecuteScalar<string>("SELECT content FROM chat_messages WHERE id = @Id", new { r.Id }) ?? "" })];
        var queries = new MessageQueries(database.Database);
        var sums = new MessageSumQueries(database.Database, new FigureReader(new FigureNames(), new FigureZones(DateTimeZone.Utc)));
        foreach (var search in searches.Where(s => !string.IsNullOrWhiteSpace(s)))
        {
            var query = SearchQuery.Parse(search);
            var expected = rows.Where(r => query.Matches(r.Text)).OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Select(r => r.Id).ToList();
            var filter = new MessageFilter { Q = search };
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = queries.ListAsync(filter, MessageSort.Newest, 17, cursor, Token).GetAwaiter().GetResult();
                seen.AddRange(page.Items.Select(m => m.Id));
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.True(expected.SequenceEqual(seen), $"{search}: expected {string.Join(',', expected)}, found {string.Join(',', seen)}: {string.Join(" | ", rows.Where(r => expected.Contains(r.Id) != seen.Contains(r.Id)).Take(2).Select(r => r.Text))}");
            Assert.Equal(expected.Count, sums.CountAsync(filter, Token).GetAwaiter().GetResult());
        }
    }
}

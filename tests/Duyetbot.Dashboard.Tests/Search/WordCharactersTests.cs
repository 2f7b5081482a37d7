using System.Text;
using Duyetbot.Dashboard.Shared.Search;
using Duyetbot.Dashboard.Tests.Architecture;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Tests.Search;

/// <summary>The product's idea of words is SQLite's, character by character.</summary>
public sealed class WordCharactersTests
{
    [Fact]
    public void Fold_OfEveryCharacter_IsWhatTheTokenizerMakesOfIt()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, "CREATE VIRTUAL TABLE f USING fts5(t, tokenize = 'unicode61 remove_diacritics 2'); CREATE VIRTUAL TABLE v USING fts5vocab(f, instance);");
        var characters = Enumerable.Range(1, 0x2FFFF).Concat(Enumerable.Range(0xE0000, 0x1000)).Where(Rune.IsValid).ToList();
        var differences = new List<string>();
        foreach (var chunk in characters.Chunk(20_000))
        {
            // One between two letters and one alone: what belongs to words, what is dropped, what divides.
            var text = new StringBuilder();
            foreach (var c in chunk)
                text.Append('a').Append(new Rune(c).ToString()).Append("b ");
            Run(connection, "DELETE FROM f");
            using (var insert = connection.CreateCommand())
            {
                insert.CommandText = "INSERT INTO f VALUES (@text)";
                insert.Parameters.AddWithValue("@text", text.ToString());
                insert.ExecuteNonQuery();
            }

            using var read = connection.CreateCommand();
            read.CommandText = "SELECT term FROM v ORDER BY offset";
            using var reader = read.ExecuteReader();
            var actual = new List<string>();
            while (reader.Read())
                actual.Add(reader.GetString(0));
            var expected = chunk.SelectMany(c => WordCharacters.Fold(c) switch
            {
                WordCharacters.None => new[] { "a", "b" },
                WordCharacters.Dropped => ["ab"],
                var folded => [$"a{new Rune(folded)}b"],
            });
            differences.AddRange(expected.Zip(actual).Where(p => p.First != p.Second).Take(5).Select(p => $"{p.First} is {p.Second}"));
        }

        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("migrations/views/searched_runs_view.sql", 1)]
    [InlineData("migrations/0017_message_search.sql", 2)]
    public void RunScripts_InTheSchema_AreThoseOfTheProduct(string file, int times)
    {
        var glob = $"GLOB '*[' || char({string.Join(", ", RunScripts.Ranges.Select(r => $"{r.First}, 45, {r.Last}"))}) || ']*'";

        Assert.Equal(times, Sources.Text(file).Split(glob).Length - 1);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

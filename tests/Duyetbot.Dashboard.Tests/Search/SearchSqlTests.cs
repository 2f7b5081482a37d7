using Duyetbot.Dashboard.Data.Search;

namespace Duyetbot.Dashboard.Tests.Search;

public sealed class SearchSqlTests
{
    [Theory]
    [InlineData("word")]
    [InlineData("???")]
    [InlineData("-excluded")]
    [InlineData("-> -x")]
    public void Clause_OfAnyText_NamesEachParameterOnce(string text)
    {
        var parameters = new Dictionary<string, object?>();

        var clause = SearchSql.Clause(text, "m.id", "m.content", "q", parameters.Add);

        Assert.Equal(text, parameters["q"]);
        Assert.All(parameters.Keys, name => Assert.Contains("@" + name, clause, StringComparison.Ordinal));
    }
}

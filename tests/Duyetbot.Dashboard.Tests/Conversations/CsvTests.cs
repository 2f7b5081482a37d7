using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Conversations;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+a", "'+a")]
    [InlineData("-a", "'-a")]
    [InlineData("-1001928374650", "-1001928374650")]
    [InlineData("@a", "'@a")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,\"b\"\nc", "\"a,\"\"b\"\"\nc\"")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void Cell_Text_IsNoFormulaAndOneCell(string text, string expected) => Assert.Equal(expected, Csv.Cell(text));

    [Fact]
    public void Cell_NegativeNumber_StaysANumber() => Assert.Equal("-1.5", Csv.Cell(-1.5));
}

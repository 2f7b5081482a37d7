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
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1+1", "\"'\r=1+1\"")]
    [InlineData("\n=1+1", "\"'\n=1+1\"")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("\u00a0=1+1", "'\u00a0=1+1")]
    [InlineData("\uff1d1+1", "'\uff1d1+1")]
    [InlineData("\ufeff=1+1", "'\ufeff=1+1")]
    [InlineData("\0=1+1", "'\0=1+1")]
    [InlineData("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0")]
    [InlineData("=HYPERLINK(\"https://evil.example\",\"x\")", "\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\"")]
    [InlineData("+1", "+1")]
    [InlineData(" a", " a")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,\"b\"\nc", "\"a,\"\"b\"\"\nc\"")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void Cell_Text_IsNoFormulaAndOneCell(string text, string expected) => Assert.Equal(expected, Csv.Cell(text));

    [Fact]
    public void Cell_NegativeNumber_StaysANumber() => Assert.Equal("-1.5", Csv.Cell(-1.5));
}

using Bunit;
using Duyetbot.Dashboard.Features.Users;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Users;

public sealed class UsersTableTests : BunitContext
{
    private const long Day = 86_400_000;
    private static readonly Instant Now = Instant.FromUnixTimeMilliseconds(1_795_435_200_000);

    [Fact]
    public void Table_Rows_ShowNameElseIdAndNobodyWithoutALink()
    {
        var table = Table(new UserFilter(), Row("1") with { Username = "Nguyễn Thu Hà", Usernames = "Nguyễn Thu Hà, Hà" }, Row("api:a/b#1 %"), Row(null));

        var cells = table.FindAll("[data-testid=user-row] td[data-p='1']");

        Assert.Equal(["Nguyễn Thu Hà", "api:a/b#1 %"], cells.Take(2).Select(c => c.QuerySelector("a")!.TextContent.Trim()));
        Assert.Equal("/users/api%3Aa%2Fb%231%20%25?range=7d", cells[1].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("also Nguyễn Thu Hà, Hà", cells[0].QuerySelector("a")!.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Null(cells[2].QuerySelector("a"));
        Assert.Contains("no user", cells[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_Figures_LeadToTheRowsBehindThem()
    {
        var links = Table(new UserFilter(), Row("7")).FindAll("[data-testid=user-row] td.num a").Select(a => a.GetAttribute("href"));

        Assert.Equal(["/conversations?range=7d&user_id=7", "/usage?range=7d&user_id=7", "/traces?range=7d&user_id=7&status=error"], links);
    }

    [Theory]
    [InlineData("github", false, 2)]
    [InlineData(null, true, 0)]
    [InlineData(null, null, 0)]
    public void Table_Figures_WithoutTheSameRowsElsewhere_LeadNowhere(string? platform, bool? archived, int links)
    {
        var table = Table(new UserFilter { Platform = platform, Archived = archived }, Row("7"));

        Assert.Equal(links, table.FindAll("[data-testid=user-row] td.num a").Count);
        Assert.Contains("1,234", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_SortedHead_AloneHasAriaSortAndFlips()
    {
        var table = Table(new UserFilter(), Row("1"));

        var sorted = Assert.Single(table.FindAll("th[aria-sort]"));
        Assert.Equal("descending", sorted.GetAttribute("aria-sort"));
        Assert.Equal("+total_tokens", sorted.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(7, table.FindAll("th a.sort").Count);
        Assert.Contains(table.FindAll("th a"), a => a.GetAttribute("href") == "-estimated_cost_usd");
    }

    [Fact]
    public void Table_UnknownCost_IsNeverZero() =>
        Assert.Contains("no price", Table(new UserFilter(), Row("1") with { EstimatedCostUsd = null, UnpricedTokens = 1234 }).Markup, StringComparison.Ordinal);

    [Fact]
    public void Table_ActiveBar_SpansFirstToLastSeenOnTheRange()
    {
        var now = Now.ToUnixTimeMilliseconds();
        var table = Table(new UserFilter { From = now - (4 * Day) }, Row("1") with { FirstSeenAt = now - (3 * Day), LastSeenAt = now - Day });

        Assert.Equal("--x:25%;--w:50%", table.Find(".active-track i").GetAttribute("style"));
    }

    [Fact]
    public void Table_MalformedTimes_AreShown() =>
        Assert.Equal(2, Table(new UserFilter(), Row("1") with { FirstSeenAt = long.MinValue, LastSeenAt = long.MaxValue }, Row("2") with { FirstSeenAt = null, LastSeenAt = null }).FindAll("[data-testid=user-row]").Count);

    private static UserRow Row(string? id) => new()
    {
        UserId = id,
        ConversationCount = 2,
        MessageCount = 5,
        InputTokens = 1000,
        OutputTokens = 234,
        TotalTokens = 1234,
        EstimatedCostUsd = 0.5,
        ErrorCount = 3,
        FirstSeenAt = Now.ToUnixTimeMilliseconds() - Day,
        LastSeenAt = Now.ToUnixTimeMilliseconds(),
    };

    private IRenderedComponent<UsersTable> Table(UserFilter filter, params UserRow[] rows) => Render<UsersTable>(p => p
        .Add(t => t.Rows, rows)
        .Add(t => t.Sort, UserSort.Default)
        .Add(t => t.Filter, filter)
        .Add(t => t.Zone, DateTimeZone.Utc)
        .Add(t => t.Now, Now)
        .Add(t => t.RangeQuery, [new("range", "7d")])
        .Add(t => t.SortUrl, s => s.ToString()));
}

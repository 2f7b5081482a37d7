namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Assertions whose message holds everything that was found, uncut.</summary>
public static class Check
{
    /// <summary>Fails with every line where there is one.</summary>
    public static void None(IEnumerable<string> found)
    {
        var lines = found.Distinct().ToList();
        if (lines.Count > 0)
            Assert.Fail(string.Join('\n', lines));
    }
}

namespace Duyetbot.Dashboard.Demo;

/// <summary>Ids that look like those of the bot and depend on the random sequence alone.</summary>
internal static class DemoIds
{
    private const string Base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly string[] Repos =
    [
        "octocat/hello-world", "duyet/bot", "duyet/duyetbot-agent", "acme-internal/payments-gateway", "acme-internal/web",
        "octocat/Spoon-Knife", "data-platform/ingest", "acme-internal/payments-gateway-reconciliation-and-settlement",
    ];

    /// <summary>An event id: 48 bits of time and 80 random bits in 26 letters, so that ids sort by time.</summary>
    public static string Event(DemoRandom random, long at)
    {
        Span<char> text = stackalloc char[26];
        for (var i = 9; i >= 0; i--, at >>= 5)
            text[i] = Base32[(int)(at & 31)];
        var high = random.Bits();
        var low = random.Bits();
        for (var i = 10; i < 18; i++, high >>= 5)
            text[i] = Base32[(int)(high & 31)];
        for (var i = 18; i < 26; i++, low >>= 5)
            text[i] = Base32[(int)(low & 31)];
        return new string(text);
    }

    /// <summary>The third part of a session id, and the repository where there is one.</summary>
    public static (string? ChatId, string? Repo) Chat(DemoRandom random, DemoPerson person)
    {
        switch (person.Platform)
        {
            case "github":
                var repo = random.Pick(Repos);
                return ($"{repo}#{random.Between(1, 99_999)}", repo);
            case "telegram":
                var group = random.Chance(0.6);
                return (group ? $"-100{(long)(random.Fraction() * 9_000_000_000) + 1_000_000_000}" : $"{(long)(random.Fraction() * 9_000_000_000) + 1_000_000_000}", null);
            case "cli":
                return ($"{random.Pick(["laptop", "ci-runner", "prod shell", "máy nhà"])}/{random.Bits() & 0xFFFFFFFF:x8}", null);
            default:
                return ($"{random.Bits():x16}", null);
        }
    }
}

namespace Duyetbot.Dashboard.Demo;

/// <summary>Somebody who writes to the bot.</summary>
/// <param name="Platform">telegram, github, api or cli.</param>
/// <param name="UserId">The id on that platform, the second part of the session id.</param>
/// <param name="Username">As shown; may be missing.</param>
/// <param name="Language">The language of the texts.</param>
internal sealed record DemoPerson(string Platform, string UserId, string? Username, string Language);

/// <summary>The people of the made-up data: a few who write a lot, many who write little.</summary>
internal sealed class DemoPeople
{
    private static readonly string[] Family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"];
    private static readonly string[] Middle = ["Thị", "Văn", "Minh", "Thu", "Quốc", "Ngọc", "Hải", "Bảo"];
    private static readonly string[] Given = ["An", "Bình", "Châu", "Dũng", "Giang", "Hương", "Khánh", "Linh", "Nam", "Oanh", "Phúc", "Sơn", "Trang", "Vy", "Yến"];
    private static readonly string[] JapaneseFamily = ["鈴木", "高橋", "渡辺", "伊藤", "山本", "中村", "小林", "加藤"];
    private static readonly string[] JapaneseGiven = ["蓮", "陽菜", "大輔", "葵", "翔太", "結衣"];
    private static readonly string[] English = ["alice.w", "ben_hartmann", "chloe", "dmitri.k", "Emma O’Neill", "farid", "Grace Lee", "ivan", "João Silva", "kasia", "liam", "Zoë"];
    private static readonly string[] Thai = ["สมชาย ใจดี", "วิภา ศรีสุข", "ณัฐพล", "กัญญา"];
    private static readonly string[] Arabic = ["ليلى حسن", "عمر خالد", "يوسف"];
    private static readonly string[] Logins = ["hubot", "mona", "dependabot[bot]", "sindre", "kentcd", "rustacean42", "tigerbeetle-fan", "maintainer-jo", "a11y-anna", "very-long-login-name-of-a-bot[bot]"];

    private static readonly DemoPerson[] Known =
    [
        new("telegram", "881204417", "Nguyễn Thu Hà", "vi"),
        new("github", "octocat", "octocat", "en"),
        new("telegram", "730118254", "田中 健一", "ja"),
        new("telegram", "612440981", "minh.tran", "vi"),
        new("cli", "duyet", "duyet", "en"),
        new("telegram", "590127733", "Lê Văn Đức", "vi"),
        new("github", "duyet", "duyet", "en"),
        new("telegram", "944310026", "phạm.quỳnh.anh", "vi"),
        new("telegram", "701552819", "佐藤 美咲", "ja"),
        new("api", "9f2c1e7a-44b0-4d0e-9b1a-5c2f8e3d7a61", "api", "en"),
        new("telegram", "455009812", "สมหญิง แก้วใส", "th"),
        new("telegram", "388712904", "سارة محمود", "ar"),
        new("telegram", "1204417733", null, "vi"),
    ];

    private readonly DemoPerson[] _people;
    private readonly double[] _weights;

    /// <summary>Makes as many people as a period with so many messages would see.</summary>
    public DemoPeople(DemoOptions options)
    {
        var random = DemoRandom.For(options.Seed, -1);
        var count = Math.Clamp((int)(Math.Pow(options.Messages, 0.55) * 0.82), Known.Length, 4_000);
        _people = new DemoPerson[count];
        _weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            _people[i] = i < Known.Length ? Known[i] : Make(random, i);
            _weights[i] = 1 / Math.Pow(i + 4, 0.75);
        }
    }

    /// <summary>Somebody; the same few more often than the others.</summary>
    public DemoPerson Pick(DemoRandom random) => _people[random.Weighted(_weights)];

    private static DemoPerson Make(DemoRandom random, int index)
    {
        var id = (100_000_000L + (long)(random.Fraction() * 1_900_000_000)).ToString();
        return random.Weighted([.56, .13, .09, .05, .04, .11, .02]) switch
        {
            0 => new("telegram", id, random.Chance(0.05) ? null : $"{random.Pick(Family)} {random.Pick(Middle)} {random.Pick(Given)}", "vi"),
            1 => new("telegram", id, $"{random.Pick(JapaneseFamily)} {random.Pick(JapaneseGiven)}", "ja"),
            2 => new("telegram", id, $"{random.Pick(English)}{(random.Chance(0.5) ? index.ToString() : "")}", "en"),
            3 => new("telegram", id, random.Pick(Thai), "th"),
            4 => new("telegram", id, random.Pick(Arabic), "ar"),
            5 => Login($"{random.Pick(Logins)}{(random.Chance(0.7) ? $"-{index}" : "")}"),
            _ => new("api", $"{random.Bits():x16}", null, "en"),
        };
    }

    private static DemoPerson Login(string login) => new("github", login, login, "en");
}

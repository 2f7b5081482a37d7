namespace Duyetbot.Dashboard.Demo;

/// <summary>Makes the conversations one after another, so that any number of them takes little memory.</summary>
internal sealed class DemoGenerator
{
    private const long MinuteMs = 60_000;

    // How long before the end the latest conversations were last written to.
    private static readonly double[] LatestMinutes = [0.4, 2, 6, 9, 14, 31, 48, 55, 62, 90, 121, 150, 185, 240, 310];

    private readonly DemoOptions _options;
    private readonly DemoPeople _people;
    private readonly DemoRhythm _rhythm;
    private readonly HashSet<string> _sessions;

    /// <param name="options">What the rows are a function of.</param>
    /// <param name="taken">Session ids that are not to be used.</param>
    public DemoGenerator(DemoOptions options, IEnumerable<string> taken)
    {
        _options = options;
        _sessions = [.. taken];
        _people = new DemoPeople(options);
        _rhythm = new DemoRhythm(options);
    }

    /// <summary>Every conversation; their messages add up to the number asked for.</summary>
    public IEnumerable<DemoConversation> Conversations()
    {
        var index = 0;
        foreach (var size in Sizes())
        {
            var conversation = Place(index, size);
            _sessions.Add(conversation.SessionId);
            DemoOddRows.Apply(conversation, index, DemoRandom.For(_options.Seed, ~index));
            yield return conversation;
            index++;
        }
    }

    private IEnumerable<int> Sizes()
    {
        var random = DemoRandom.For(_options.Seed, -2);
        var left = _options.Messages;
        var first = true;
        while (left > 0)
        {
            var size = first
                ? (left >= 100_000 ? 2_400 : Math.Max(2, left / 40))
                : Math.Clamp((int)random.LogNormal(8, 1.15), 2, random.Chance(0.02) ? 900 : 300);
            first = false;
            size = Math.Min(size, left);
            if (left - size == 1)
                size++;
            left -= size;
            yield return size;
        }
    }

    // The length in time is known only when it is written: one that runs past the end, or is to be among the latest, is written again, earlier or later.
    private DemoConversation Place(int index, int size)
    {
        var anchor = index > 0 && index % 3 == 0 && index / 3 <= LatestMinutes.Length && size < 80 ? LatestMinutes[(index / 3) - 1] : (double?)null;
        var free = Write(index, size, 0, long.MaxValue / 2, anchor is not null);
        var last = free.Messages[^1].Timestamp;
        if (anchor is null && last <= _options.EndMs)
            return free;
        var random = DemoRandom.For(_options.Seed, index ^ 0x5A5A5A);
        var target = _options.EndMs - (long)((anchor ?? random.Between(15, 900)) * MinuteMs);
        return Write(index, size, target - last, _options.EndMs, anchor is not null);
    }

    private DemoConversation Write(int index, int size, long shift, long end, bool single)
    {
        var random = DemoRandom.For(_options.Seed, index);
        var person = _people.Pick(random);
        var (chatId, repo, session) = Session(random, person, index);
        var topics = DemoTexts.Topics(person.Language);
        var topic = random.Pick(topics);
        var conversation = new DemoConversation { SessionId = session };
        var turn = new DemoTurn(conversation, person, chatId, repo, random, _rhythm, end);
        var starts = Starts(random, size, single);
        var perStart = Math.Max(1, (int)Math.Ceiling(size / 2.5 / starts.Length));
        var annotations = DemoRandom.For(_options.Seed, index ^ 0x33CC33);
        DemoAnnotations.Apply(conversation, topic, repo is null ? null : chatId, annotations);
        if (size > 3 && random.Chance(0.35))
            turn.Message("system", DemoTexts.SystemPrompt(person.Language), At(starts[0] - 9_000, shift, end), null);

        var exchange = 0;
        for (var i = 0; conversation.Messages.Count < size; i++)
        {
            var begins = i % perStart == 0 && i / perStart < starts.Length;
            var gap = (long)random.LogNormal(75_000, 1.05);
            var at = begins ? At(starts[i / perStart], shift, end) : turn.Last + gap;
            if (conversation.Messages.Count > 0 && at <= turn.Last)
                at = turn.Last + gap;
            turn.Write(topic.Exchanges[exchange], topic.Category, Math.Min(at, end), size - conversation.Messages.Count);
            if (++exchange == topic.Exchanges.Count)
                (topic, exchange) = (random.Pick(topics), 0);
        }

        DemoAnnotations.Mark(conversation, annotations);
        return conversation;
    }

    private long At(long moment, long shift, long end) => Math.Clamp(moment + shift, _options.StartMs, end);

    // One sitting, or several over hours and days.
    private long[] Starts(DemoRandom random, int size, bool single)
    {
        var first = DemoRhythm.Moment(random, _options.StartMs, _options.EndMs);
        var count = single ? 1 : 1 + (size / 22) + (size > 8 && random.Chance(0.2) ? 1 : 0);
        if (count == 1)
            return [first];
        var reach = (long)(count * 0.4 * DemoRhythm.DayMs * (0.5 + random.Fraction()));
        first = Math.Max(_options.StartMs, Math.Min(first, _options.EndMs - reach));
        var starts = new long[count];
        starts[0] = first;
        for (var i = 1; i < count; i++)
            starts[i] = DemoRhythm.Moment(random, first, Math.Min(_options.EndMs, first + reach));
        Array.Sort(starts);
        return starts;
    }

    private (string? ChatId, string? Repo, string Session) Session(DemoRandom random, DemoPerson person, int index)
    {
        var (chatId, repo) = DemoIds.Chat(random, person);
        while (_sessions.Contains($"{person.Platform}:{person.UserId}:{chatId}"))
            (chatId, repo) = DemoIds.Chat(random, person);
        var odd = DemoOddRows.Session(index);
        return (chatId, repo, odd is null || _sessions.Contains(odd) ? $"{person.Platform}:{person.UserId}:{chatId}" : odd);
    }
}

namespace Duyetbot.Dashboard.Shared;

/// <summary>What a rule says about a value.</summary>
public enum KeyRuleKind
{
    /// <summary>There is none (NULL): <c>none=model</c>.</summary>
    None,

    /// <summary>It is the empty text: <c>blank=model</c>.</summary>
    Blank,

    /// <summary>There is one: <c>any=model</c>.</summary>
    Any,

    /// <summary>It is another one, or none: <c>not=model:gpt-5</c>.</summary>
    Not,
}

/// <summary>What a filter of one value cannot say: no value, an empty one, any, all but some. Parameters of their own, so that no real value can be mistaken for one.</summary>
/// <param name="Dimension">The parameter that filters by a value of it: model, platform, user_id, role, source, agent.</param>
/// <param name="Kind">What is said.</param>
/// <param name="Value">The value that is left out; null but for <see cref="KeyRuleKind.Not"/>.</param>
public sealed record KeyRule(string Dimension, KeyRuleKind Kind, string? Value = null)
{
    private const int MaxRules = 64;

    /// <summary>What messages can be told apart by.</summary>
    public static readonly IReadOnlyList<string> OfMessages = ["model", "platform", "user_id", "role", "source"];

    /// <summary>What steps can be told apart by.</summary>
    public static readonly IReadOnlyList<string> OfSteps = ["agent"];

    /// <summary>The parameter of a URL that holds the rule, and its text.</summary>
    public KeyValuePair<string, string?> ToQuery() => new(Kind.ToString().ToLowerInvariant(), Kind == KeyRuleKind.Not ? $"{Dimension}:{Value}" : Dimension);

    /// <summary>The rule in words: "no model", "not gpt-5".</summary>
    public string Words => Kind switch
    {
        KeyRuleKind.None => $"no {Noun}",
        KeyRuleKind.Blank => $"empty {Noun}",
        KeyRuleKind.Any => $"any {Noun}",
        _ => $"{Noun} not {(Value is { Length: > 0 } ? Value : "empty")}",
    };

    private string Noun => Dimension.Replace("_id", "", StringComparison.Ordinal);

    /// <summary>Reads the parameters <c>none</c>, <c>blank</c>, <c>any</c> and <c>not</c>, each given as often as needed.</summary>
    /// <param name="reader">The query string.</param>
    /// <param name="dimensions">What can be named.</param>
    /// <exception cref="InvalidParameterException">A value is wrong or there are too many.</exception>
    public static ValueList<KeyRule> Read(QueryReader reader, IReadOnlyList<string> dimensions)
    {
        var rules = new List<KeyRule>();
        foreach (var kind in Enum.GetValues<KeyRuleKind>())
        {
            var name = kind.ToString().ToLowerInvariant();
            foreach (var text in reader.Texts(name))
            {
                var cut = kind == KeyRuleKind.Not ? text.IndexOf(':', StringComparison.Ordinal) : text.Length;
                var dimension = cut < 0 ? text : text[..cut];
                if (cut < 0 || !dimensions.Contains(dimension))
                    throw new InvalidParameterException(name, $"\"{text}\" names none of {string.Join(", ", dimensions)}{(kind == KeyRuleKind.Not ? ", followed by a colon and the value" : "")}.");
                rules.Add(new KeyRule(dimension, kind, kind == KeyRuleKind.Not ? text[(cut + 1)..] : null));
            }
        }

        if (rules.Count > MaxRules)
            throw new InvalidParameterException("not", $"is given more than {MaxRules} times.");
        return rules.Count == 0 ? ValueList<KeyRule>.Empty : new(rules);
    }

    /// <summary>The rule as SQL on a column; the value travels as a parameter.</summary>
    internal string Clause(string column, string parameter, Action<string, object?> add)
    {
        if (Kind == KeyRuleKind.Not)
            add(parameter, Value);
        return Kind switch
        {
            KeyRuleKind.None => $"{column} IS NULL",
            KeyRuleKind.Blank => $"{column} = ''",
            KeyRuleKind.Any => $"{column} IS NOT NULL",
            _ => $"{column} IS NOT @{parameter}",
        };
    }
}

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Gives each value one name within a file: the first user is user-1 wherever it is met.</summary>
internal sealed class Pseudonyms
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The value's name; a new one of this kind where it has none yet.</summary>
    /// <param name="value">What is replaced.</param>
    /// <param name="kind">user, chat, event, number, …</param>
    public string Of(string value, string kind)
    {
        if (_names.TryGetValue(value, out var known))
            return known;
        var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return _names[value] = $"{kind}-{count.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    /// <summary>The value's name, or null where it has none.</summary>
    public string? Find(string value) => _names.GetValueOrDefault(value);

    /// <summary>Gives a value the name of another: a person's name that of the id.</summary>
    public void Alias(string value, string name) => _names.TryAdd(value, name);
}

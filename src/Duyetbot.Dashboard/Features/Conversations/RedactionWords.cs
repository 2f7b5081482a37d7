using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The kinds of what is replaced, in words.</summary>
internal static class RedactionWords
{
    /// <summary>users, ids, numbers, words.</summary>
    public static string Plural(RedactionKind kind) => kind switch { RedactionKind.User => "users", RedactionKind.Id => "ids", RedactionKind.Number => "numbers", _ => "words" };

    /// <summary>"12 users, 1 number"; "nothing" where nothing was.</summary>
    public static string Of(IReadOnlyDictionary<RedactionKind, int> counts) =>
        counts.Count == 0 ? "nothing" : string.Join(", ", counts.OrderBy(c => c.Key).Select(c => Formats.Plural(c.Value, Plural(c.Key).TrimEnd('s'))));
}

namespace Duyetbot.Dashboard.Data.Views;

/// <summary>A named filter of a list page.</summary>
/// <remarks>Times are Unix ms UTC.</remarks>
public sealed record SavedView
{
    public long Id { get; init; }

    /// <summary>The page's path.</summary>
    public string Page { get; init; } = "";

    /// <summary>1 to 60 characters, one of its kind on its page whatever the case of ASCII letters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The address's query without its question mark; empty for the page as it is.</summary>
    public string Query { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>The address that opens it.</summary>
    public string Url => Query.Length == 0 ? Page : $"{Page}?{Query}";
}

/// <summary>A saved view cannot be kept like this; the message says why, for a person.</summary>
public sealed class SavedViewRefusedException(string message) : Exception(message);

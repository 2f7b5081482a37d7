namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Which rows of the list are chosen for a change of many.</summary>
public sealed class ConversationSelection
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private string? _anchor;

    /// <summary>True where every conversation that matches the filter is chosen, also those that are not loaded.</summary>
    public bool IsAll { get; private set; }

    /// <summary>The chosen ids; not those of <see cref="IsAll"/> that are not loaded.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>True where nothing is chosen.</summary>
    public bool IsEmpty => _ids.Count == 0;

    /// <summary>True for a chosen row.</summary>
    public bool Has(string conversationId) => IsAll || _ids.Contains(conversationId);

    /// <summary>Turns a row over. With <paramref name="extend"/>, every row from the last one turned to this becomes as this one does.</summary>
    /// <param name="conversationId">The row.</param>
    /// <param name="rows">The ids shown, in their order.</param>
    /// <param name="extend">True for a click with Shift.</param>
    public void Toggle(string conversationId, IReadOnlyList<string> rows, bool extend)
    {
        var chosen = !Has(conversationId);
        // One row taken out of all: what is left are the others that are shown.
        if (IsAll)
            Set(rows, true);
        IsAll = false;
        var (from, to) = (IndexOf(rows, _anchor), IndexOf(rows, conversationId));
        if (extend && from >= 0 && to >= 0)
            Set(rows.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1), chosen);
        else
            Set([conversationId], chosen);
        _anchor = conversationId;
    }

    /// <summary>Chooses every row shown; with all of them chosen, none.</summary>
    public void ToggleShown(IReadOnlyList<string> rows)
    {
        var chosen = !rows.All(Has);
        IsAll = false;
        Set(rows, chosen);
    }

    /// <summary>Chooses everything that matches the filter.</summary>
    /// <param name="rows">The ids shown.</param>
    public void ChooseAll(IReadOnlyList<string> rows)
    {
        Set(rows, true);
        IsAll = true;
    }

    /// <summary>Chooses nothing.</summary>
    public void Clear()
    {
        _ids.Clear();
        _anchor = null;
        IsAll = false;
    }

    private static int IndexOf(IReadOnlyList<string> rows, string? id)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] == id)
                return i;
        }

        return -1;
    }

    private void Set(IEnumerable<string> ids, bool chosen)
    {
        if (chosen)
            _ids.UnionWith(ids);
        else
            _ids.ExceptWith(ids);
    }
}

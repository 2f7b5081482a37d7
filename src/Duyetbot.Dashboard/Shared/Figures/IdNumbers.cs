using System.Runtime.InteropServices;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Numbers for texts, so that many sets of them take little room.</summary>
/// <param name="known">The number that a text already has elsewhere, or null.</param>
/// <param name="next">The first number that is free for texts without one.</param>
public sealed class IdNumbers(Func<string, int?>? known = null, int next = 0)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _next = next;

    /// <summary>The number of a text; -1 for none.</summary>
    public int Of(string? text)
    {
        if (text is null)
            return -1;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out var exists);
        if (!exists)
            number = known?.Invoke(text) ?? _next++;
        return number;
    }
}

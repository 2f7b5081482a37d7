namespace Duyetbot.Dashboard.Shared.Live;

/// <summary>A short list that is being read, and the newer answer that waits behind it until somebody asks for it.</summary>
/// <param name="shown">What is shown.</param>
/// <param name="mark">Tells one row from another, and a row that happened again from itself.</param>
public sealed class HeldRows<T>(Loader<IReadOnlyList<T>> shown, Func<T, RowMark> mark)
{
    private IReadOnlyList<T>? _of;
    private IReadOnlyList<T>? _next;
    private int _count;

    /// <summary>How many rows wait; 0 where nothing does, and where another answer has been shown since.</summary>
    public int Count => ReferenceEquals(_of, shown.Value) ? _count : 0;

    /// <summary>Takes a newer answer: the same rows in the same order are brought up to date where they stand, others wait.</summary>
    /// <param name="next">The answer; null where there is none to take.</param>
    public void Offer(IReadOnlyList<T>? next)
    {
        if (next is null || shown.Value is not { } now)
            return;
        (_of, _next, _count) = (now, null, 0);
        if (now.Count == 0 || now.Select(r => mark(r).Id).SequenceEqual(next.Select(r => mark(r).Id)))
        {
            shown.Set(next);
            return;
        }

        var known = now.Select(mark).ToHashSet();
        (_next, _count) = (next, Math.Max(1, next.Count(r => !known.Contains(mark(r)))));
    }

    /// <summary>Shows what waits.</summary>
    public void Show()
    {
        if (Count > 0 && _next is { } next)
            shown.Set(next);
    }
}

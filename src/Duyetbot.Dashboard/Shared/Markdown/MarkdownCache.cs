using System.Collections.Concurrent;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Keeps what was rendered last, up to a number of characters; the oldest goes first.</summary>
internal sealed class MarkdownCache(int maxCharacters)
{
    private readonly ConcurrentDictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private long _characters;

    public bool TryGet(string key, out string html) => _entries.TryGetValue(key, out html!);

    public void Add(string key, string html)
    {
        if (html.Length > maxCharacters / 8 || !_entries.TryAdd(key, html))
            return;
        _order.Enqueue(key);
        Interlocked.Add(ref _characters, html.Length);
        while (Interlocked.Read(ref _characters) > maxCharacters && _order.TryDequeue(out var oldest))
        {
            if (_entries.TryRemove(oldest, out var removed))
                Interlocked.Add(ref _characters, -removed.Length);
        }
    }
}

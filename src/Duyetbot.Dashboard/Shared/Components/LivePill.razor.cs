using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Shared.Components;

/// <summary>Counts what is new for a list since it was read, and says so in a pill; nothing moves until it is pressed.</summary>
public sealed partial class LivePill
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private object? _counted;
    private int _count;
    private string _said = "";
    private long _saidAt;

    /// <summary>What was there when it was read, by reference; null where nothing is followed.</summary>
    [Parameter, EditorRequired]
    public object? Seen { get; set; }

    /// <summary>Counts what is new; not asked where <see cref="Seen"/> is null.</summary>
    [Parameter, EditorRequired]
    public Func<CancellationToken, Task<int>> Count { get; set; } = null!;

    /// <summary>The pill was pressed.</summary>
    [Parameter]
    public EventCallback OnLoad { get; set; }

    /// <summary>Before each count, for what the list brings up to date in place.</summary>
    [Parameter]
    public Func<CancellationToken, Task>? OnLook { get; set; }

    /// <summary>One row in words: "conversation".</summary>
    [Parameter]
    public string Noun { get; set; } = "row";

    /// <summary>What it says in place of a count, for figures: "New data".</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>True where what is new comes at the end, not at the top.</summary>
    [Parameter]
    public bool IsAtEnd { get; set; }

    /// <summary>The list's first page, on a later one: the pill leads there.</summary>
    [Parameter]
    public string? Href { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_counted, Seen))
            return;
        _counted = Seen;
        _count = 0;
    }

    private async Task CountAsync(CancellationToken token)
    {
        if (OnLook is not null)
            await OnLook(token);
        if (Seen is not { } seen)
            return;
        var count = await Count(token);
        if (count == _count || !ReferenceEquals(seen, Seen))
            return;
        _count = count;
        // A screen reader hears of it now and then, not with every message.
        if (_said.Length == 0 || Time.GetElapsedTime(_saidAt) > Silence)
        {
            _said = count == 0 ? "" : NewPill.Words(count, Noun, Name);
            _saidAt = Time.GetTimestamp();
        }

        StateHasChanged();
    }

    private Task LoadAsync()
    {
        _said = "";
        return OnLoad.InvokeAsync();
    }
}

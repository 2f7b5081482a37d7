using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Shared.Components;

/// <summary>Shows a stored text of any length, and says at every step what of how much is shown. Its whole comes into the page only when it is asked for.</summary>
public sealed partial class LongText : IDisposable
{
    private StoredText? _shownFor;
    private string? _read;
    private JsonRows? _json;
    private bool _isTree;
    private bool _isReading;
    private string? _failure;
    private CancellationTokenSource? _reading;

    /// <summary>What the page holds of the text; null where nothing is recorded.</summary>
    [Parameter, EditorRequired]
    public StoredText? Stored { get; set; }

    /// <summary>Where the rest is had; null where there is none.</summary>
    [Parameter]
    public TextSource? Source { get; set; }

    /// <summary>The heading; null for none.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>What the text is, in a sentence's middle: "input of the event".</summary>
    [Parameter, EditorRequired]
    public string What { get; set; } = "text";

    /// <summary>True for what should be JSON: shown as a tree at first, with the reason where it is none. Any other text that is an object or an array has its tree beside it.</summary>
    [Parameter]
    public bool IsJson { get; set; }

    /// <summary>So many levels of the tree are unfolded at first; null for as many as there is room for.</summary>
    [Parameter]
    public int? Levels { get; set; }

    /// <summary>What stands under this key starts folded.</summary>
    [Parameter]
    public string? FoldedKey { get; set; }

    /// <summary>Characters on a line where the text is drawn line by line.</summary>
    [Parameter]
    public int LineWidth { get; set; } = 100;

    /// <summary>The class of a text in one piece.</summary>
    [Parameter]
    public string Look { get; set; } = "raw-text";

    /// <summary>How a text in one piece is drawn instead; it has no tree then.</summary>
    [Parameter]
    public RenderFragment<string>? Whole { get; set; }

    private bool IsEmpty => Stored is null or { Characters: 0, Bytes: 0 };

    /// <summary>All of the text where it is at hand.</summary>
    private string? Shown => Stored is { IsWhole: true } ? Stored.Text : _read;

    private bool CanRead => Stored is { IsWhole: false, Characters: <= StoredText.AsLines } && Source is not null;

    private RenderFragment? DownloadLink => Source?.Download is not { } href ? null : builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "class", "link");
        builder.AddAttribute(2, "href", href);
        builder.AddAttribute(3, "download", true);
        builder.AddContent(4, "Download");
        builder.CloseElement();
    };

    /// <inheritdoc/>
    public void Dispose() => _reading?.Cancel();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A page that looks again brings the same text as another object; what was opened stays open.
        if (_shownFor == Stored)
            return;
        _shownFor = Stored;
        _reading?.Cancel();
        (_read, _failure, _isReading, _isTree) = (null, null, false, IsJson);
        Parse();
    }

    private RenderFragment Piece(string text) => Whole is not null ? Whole(text) : builder =>
    {
        builder.OpenElement(0, "pre");
        builder.AddAttribute(1, "class", Look);
        builder.AddAttribute(2, "tabindex", "0");
        builder.AddContent(3, text);
        builder.CloseElement();
    };

    private void Parse() => _json = Whole is null && Shown is { Length: > 0 and <= StoredText.AsLines } text && (IsJson || JsonRows.LooksLike(text)) ? JsonRows.Read(text) : null;

    private void Fold()
    {
        _read = null;
        Parse();
    }

    private async Task ReadAsync()
    {
        var mine = _reading = new CancellationTokenSource();
        (_isReading, _failure) = (true, null);
        try
        {
            var text = await Source!.ReadAsync(mine.Token);
            if (mine.IsCancellationRequested)
                return;
            _read = text;
            _failure = text is null ? "It is not there any more, or has grown too long." : null;
            Parse();
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureWords.Of(e);
        }

        _isReading = false;
    }

    private async Task<string?> ReadToCopyAsync()
    {
        try
        {
            return await Source!.ReadAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            _failure = FailureWords.Of(e);
            StateHasChanged();
            return null;
        }
    }
}

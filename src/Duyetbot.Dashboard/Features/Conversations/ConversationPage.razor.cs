using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>One conversation as it happened, with a message's drill-down beside it. Messages are read 100 at a time, as they are scrolled to.</summary>
public sealed partial class ConversationPage : DashboardPage
{
    // What a browser scrolls smoothly and a circuit keeps up with; what lies further away is read again.
    private const int MostShown = 600;

    /// <summary>The route's segment; the id itself is read from the address, because a route value cannot tell an encoded slash.</summary>
    [Parameter]
    public string ConversationKey { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private ConversationQueries Conversations { get; set; } = null!;

    [Inject]
    private ConversationMessageQueries Messages { get; set; } = null!;

    [Inject]
    private MessageDetailQueries Details { get; set; } = null!;

    [Inject]
    private ConversationSharing Sharing { get; set; } = null!;

    [Inject]
    private Annotator Annotator { get; set; } = null!;

    private bool _isAtEnd;
    private Task _extending = Task.CompletedTask;

    // The message that the window was read at or around; stays while the window holds what the address asks for.
    private string? _anchor;

    private ConversationState State { get; set; } = new();

    private Loader<ConversationRow> Head { get; set; } = null!;

    private Loader<ConversationNeighbours> Beside { get; set; } = null!;

    private Loader<ConversationWindow> Window { get; set; } = null!;

    private Loader<MessageDetail> Detail { get; set; } = null!;

    private Loader<MessageMatches> Matches { get; set; } = null!;

    private Loader<SharePreview> Preview { get; set; } = null!;

    private string? ChangeFailure { get; set; }

    private string? MessageFailure { get; set; }

    private string Crumb => Head.Value is { } row ? $"{row.Username ?? row.UserId ?? Formats.Id(row.ConversationId, 40)} · {row.Platform}" : Formats.Id(State.ConversationId, 40);

    private string PageName => Head.Value?.Title ?? Crumb;

    private bool ChatOnly => State.View == ConversationState.Chat;

    // What is shown already is read again as far as it reaches; else the place that the address names.
    private WindowRequest WindowAsked => IsShown
        ? new(State.ConversationId, Window.Value!.At, null, ChatOnly, State.Open, Math.Max(Window.Value.Messages.Count, ConversationMessageQueries.WindowSize))
        : new(State.ConversationId, State.At, State.At is null ? State.Message : null, ChatOnly, State.Open);

    private bool IsShown => Window?.Value is { Messages: [var first, ..] } window && first.ConversationId == State.ConversationId && window.Holds(State.At ?? State.Message);

    private string? ExtendFailure { get; set; }

    /// <inheritdoc/>
    protected override bool IsMissing => Head is { HasAnswer: true, Value: null };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Head = Ask<ConversationRow>("head", () => State.ConversationId, t => Conversations.FindAsync(State.ConversationId, t));
        Beside = Ask<ConversationNeighbours>("beside", () => Urls.With(State.ConversationId, [.. State.Range, State.List.Parameter]), t => Conversations.FindNeighboursAsync(State.ConversationId, State.List, t));
        Window = Ask<ConversationWindow>("window", () => (State.ConversationId, _anchor, ChatOnly, State.Open), t => Messages.FindWindowAsync(WindowAsked, t));
        Detail = Ask<MessageDetail>("detail", () => State.Message, async t => State.Message is null ? null : await Details.FindAsync(State.Message, t));
        Preview = Ask<SharePreview>("share", () => (State.ConversationId, State.Share), async t => State.Share is null ? null : await Sharing.FindPreviewAsync(State.ConversationId, State.Share, t));
        Matches = Ask<MessageMatches>("matches", () => (State.ConversationId, State.Q), async t => State.Q is null ? null : await Messages.FindMatchesAsync(State.ConversationId, State.Q, t));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        var id = Request is null ? PathId.After(Navigation.Uri, "/conversations/") : PathId.After(Request, "/conversations/");
        State = new ConversationState { ConversationId = id };
        State = ConversationState.Read(reader, id, Range);
        if (!IsShown)
            _anchor = State.At ?? State.Message;
    }

    // Who reads the end goes on reading it; for anybody else nothing moves, and a pill counts.
    private async Task<int> FollowAsync(CancellationToken token)
    {
        if (Window.Value is not { End: { } end } window)
            return 0;
        var count = await Messages.CountAfterAsync(State.ConversationId, end, State.View == ConversationState.Chat, token);
        if (count == 0 || !_isAtEnd || window.LaterId is not null)
            return count;
        await ShowNewAsync();
        return 0;
    }

    private async Task ShowNewAsync()
    {
        var wasLast = Window.Value is { LaterId: null };
        await Task.WhenAll(Head.RetryAsync(), Window.RetryAsync(), Matches.RetryAsync());
        if (wasLast)
            await ExtendAsync(true);
        // What is too far away is shown by itself.
        if (Window.Value?.EndId is { } last)
            Navigation.NavigateTo((State with { At = last }).Url, replace: true);
    }

    // One after the other: both edges may come near at once.
    private Task ExtendAsync(bool later) => _extending = ExtendAfterAsync(_extending, later);

    private async Task ExtendAfterAsync(Task before, bool later)
    {
        await before;
        if (Window.Value is not { } shown || (later ? shown.LaterId : shown.EarlierId) is not { } start)
            return;
        ExtendFailure = null;
        try
        {
            var more = await Messages.FindWindowAsync(new WindowRequest(State.ConversationId, start, null, ChatOnly, State.Open), CancellationToken.None);
            // Another window may have come meanwhile.
            if (more is null || !ReferenceEquals(Window.Value, shown))
                return;
            Window.Set(later ? shown.FollowedBy(more, MostShown) : shown.PrecededBy(more, MostShown));
            // Links go on from here, where the place they knew is no longer shown.
            if (!IsShown)
                State = State with { At = Window.Value.At };
        }
        catch (Exception e)
        {
            ExtendFailure = $"No more could be read. {FailureWords.Of(e)}";
        }
    }

    private async Task ChangeAsync(ConversationPatch patch) =>
        ChangeFailure = await Annotator.ChangeAsync([State.ConversationId], patch, () => AskAnewAsync(patch.Title is null && patch.Summary is null && patch.IsStarred is null));

    private async Task ChangeMessageAsync(string messageId, MessagePatch patch) =>
        MessageFailure = await Annotator.ChangeAsync(messageId, patch, () => AskAnewAsync(true));

    private Task AskAnewAsync(bool messages) =>
        InvokeAsync(() => messages ? Task.WhenAll(Head.RetryAsync(), Detail.RetryAsync(), Window.RetryAsync()) : Head.RetryAsync());
}

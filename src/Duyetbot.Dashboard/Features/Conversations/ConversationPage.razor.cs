using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>One conversation as it happened, a window of 100 messages at a time, with a message's drill-down beside it.</summary>
public sealed partial class ConversationPage : DashboardPage
{
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

    private ConversationState State { get; set; } = new();

    private Loader<ConversationRow> Head { get; set; } = null!;

    private Loader<ConversationWindow> Window { get; set; } = null!;

    private Loader<MessageDetail> Detail { get; set; } = null!;

    private Loader<MessageMatches> Matches { get; set; } = null!;

    private Loader<SharePreview> Preview { get; set; } = null!;

    private string? ChangeFailure { get; set; }

    private string? MessageFailure { get; set; }

    private string ListUrl => Urls.With(Urls.Conversations, State.Range);

    private string Crumb => Head.Value is { } row ? $"{row.Username ?? row.UserId ?? Formats.Id(row.ConversationId, 40)} · {row.Platform}" : Formats.Id(State.ConversationId, 40);

    private string PageName => Head.Value?.Title ?? Crumb;

    private WindowRequest WindowKey => new(State.ConversationId, State.At, State.At is null ? State.Message : null, State.View == ConversationState.Chat, State.Open);

    /// <inheritdoc/>
    protected override bool IsMissing => Head is { HasAnswer: true, Value: null };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Head = Ask<ConversationRow>("head", () => State.ConversationId, t => Conversations.FindAsync(State.ConversationId, t));
        Window = Ask<ConversationWindow>("window", () => WindowKey, t => Messages.FindWindowAsync(WindowKey, t));
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
        await Task.WhenAll(Head.RetryAsync(), Window.RetryAsync(), Matches.RetryAsync());
        // What does not fit into this window any more stands in the last one.
        if (Window.Value?.EndId is { } last)
            Navigation.NavigateTo((State with { At = last }).Url, replace: true);
    }

    private async Task ChangeAsync(ConversationPatch patch) =>
        ChangeFailure = await Annotator.ChangeAsync([State.ConversationId], patch, () => AskAnewAsync(patch.Title is null && patch.Summary is null && patch.IsStarred is null));

    private async Task ChangeMessageAsync(string messageId, MessagePatch patch) =>
        MessageFailure = await Annotator.ChangeAsync(messageId, patch, () => AskAnewAsync(true));

    private Task AskAnewAsync(bool messages) =>
        InvokeAsync(() => messages ? Task.WhenAll(Head.RetryAsync(), Detail.RetryAsync(), Window.RetryAsync()) : Head.RetryAsync());
}

using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>One message by itself: the drill-down of the conversation's page, with its own address.</summary>
public sealed partial class MessagePage : DashboardPage
{
    /// <summary>The route's segment; the id itself is read from the address, because a route value cannot tell an encoded slash.</summary>
    [Parameter]
    public string MessageKey { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private MessageDetailQueries Details { get; set; } = null!;

    [Inject]
    private Annotator Annotator { get; set; } = null!;

    private Loader<MessageDetail> Detail { get; set; } = null!;

    private string? ChangeFailure { get; set; }

    private string MessageId { get; set; } = "";

    private string Tab { get; set; } = MessageTabs.Details;

    /// <inheritdoc/>
    protected override bool IsMissing => Detail is { HasAnswer: true, Value: null };

    /// <inheritdoc/>
    protected override void OnInitialized() => Detail = Ask<MessageDetail>("detail", () => MessageId, t => Details.FindAsync(MessageId, t));

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        MessageId = Request is null ? PathId.After(Navigation.Uri, "/messages/") : PathId.After(Request, "/messages/");
        Tab = MessageTabs.Read(reader);
    }

    private async Task ChangeAsync(MessagePatch patch) => ChangeFailure = await Annotator.ChangeAsync(MessageId, patch, () => InvokeAsync(Detail.RetryAsync));

    private new string Address(string messageId, string tab) => Urls.With(Urls.Message(messageId), [.. Range.ToQuery(), new("tab", tab == MessageTabs.Details ? null : tab)]);
}

using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Shared;

/// <summary>A page of figures, which says that there is new data once something has come that they would hold.</summary>
/// <remarks>A page that declares questions of its own calls <see cref="OnInitialized"/> of this one first.</remarks>
public abstract class FigurePage : DashboardPage
{
    [Inject]
    protected NewDataQueries NewData { get; set; } = null!;

    /// <summary>What was there before the figures were read.</summary>
    protected Loader<SeenData> Seen { get; private set; } = null!;

    /// <summary>The messages that the figures are of; events are told apart by its time, user and source.</summary>
    protected virtual MessageFilter Watched => new() { From = Range.From, To = Range.To, Archived = null };

    /// <summary>True where the figures are of messages.</summary>
    protected virtual bool AreOfMessages => true;

    /// <summary>True where the figures are of events or their steps.</summary>
    protected virtual bool AreOfEvents => true;

    /// <inheritdoc/>
    protected override void OnInitialized() => Seen = AskFirst<SeenData>("seen", () => (Watched.UserId, Range), async t => await NewData.GetSeenAsync(t));

    /// <summary>1 where the figures are not those of now, else 0.</summary>
    protected Task<int> CountNewAsync(CancellationToken token) => NewData.CountNewAsync(Seen.Value!, Watched, AreOfMessages, AreOfEvents, token);
}

using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using MudBlazor;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Makes a person's changes from a page, and says each with its way back.</summary>
public sealed class Annotator(ConversationStore conversations, MessageStore messages, AnnotationUndoStore undo, ISnackbar snackbar)
{
    /// <summary>Changes conversations. Why it was not stored, or not for all of them; null where it was.</summary>
    /// <param name="conversationIds">Which ones.</param>
    /// <param name="patch">What is set on each.</param>
    /// <param name="changed">Called after the change and after its undoing: the page asks anew.</param>
    public async Task<string?> ChangeAsync(IEnumerable<string> conversationIds, ConversationPatch patch, Func<Task> changed)
    {
        try
        {
            patch.Validate();
            return await SayAsync(await conversations.ChangeAllAsync(conversationIds, patch, CancellationToken.None), c => AnnotationWords.Of(patch, c), changed);
        }
        catch (Exception e) when (e is DatabaseBusyException or InvalidParameterException)
        {
            return e.Message;
        }
    }

    /// <summary>Changes a message. Why it was not stored; null where it was.</summary>
    public async Task<string?> ChangeAsync(string messageId, MessagePatch patch, Func<Task> changed)
    {
        try
        {
            return await SayAsync(await messages.ChangeAsync(messageId, patch, CancellationToken.None), _ => AnnotationWords.Of(patch), changed);
        }
        catch (DatabaseBusyException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> SayAsync(AnnotationChange change, Func<int, string> words, Func<Task> changed)
    {
        if (change.Changed > 0)
            snackbar.SayDone(words(change.Changed), () => UndoAsync(change.Id, changed));
        else if (change.Found > 1)
            snackbar.SayDone($"All {Formats.Count(change.Found)} were so already");
        await changed();
        return change.Failure is { } failure ? $"Only {Formats.Count(change.Found)} were reached: {failure}" : null;
    }

    private async Task UndoAsync(long changeId, Func<Task> changed)
    {
        try
        {
            if (!await undo.UndoAsync(changeId, CancellationToken.None))
                snackbar.SayDone("This cannot be undone any more");
            await changed();
        }
        catch (DatabaseBusyException e)
        {
            snackbar.SayDone(e.Message, () => UndoAsync(changeId, changed));
        }
    }
}

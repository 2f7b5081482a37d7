using MudBlazor;

namespace Duyetbot.Dashboard.Shared;

/// <summary>A notice in the corner of what was done, with a button that undoes it.</summary>
public static class UndoNotice
{
    /// <summary>Says it; each notice is one change, also where the words are the same.</summary>
    /// <param name="snackbar">Where it is shown.</param>
    /// <param name="text">One sentence, without a point.</param>
    /// <param name="undo">What the button does; null where there is nothing to undo.</param>
    public static void SayDone(this ISnackbar snackbar, string text, Func<Task>? undo = null) => snackbar.Add(text, Severity.Normal, options =>
    {
        options.HideIcon = true;
        options.ShowCloseIcon = false;
        options.DuplicatesBehavior = SnackbarDuplicatesBehavior.Allow;
        options.CloseAfterNavigation = false;
        if (undo is null)
            return;
        options.Action = "Undo";
        options.OnClick = _ => undo();
    });
}

using MudBlazor;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Short words in the corner, gone after some seconds: what was done, and perhaps how to undo it.</summary>
public static class Notice
{
    /// <summary>Says it.</summary>
    /// <param name="snackbar">Where it is shown.</param>
    /// <param name="text">One sentence, without a point.</param>
    /// <param name="action">The word on its button; null for none.</param>
    /// <param name="act">What the button does.</param>
    public static void Say(this ISnackbar snackbar, string text, string? action = null, Func<Task>? act = null) => snackbar.Add(text, Severity.Normal, options =>
    {
        options.HideIcon = true;
        options.ShowCloseIcon = false;
        options.Action = action;
        options.OnClick = act is null ? null : _ => act();
        // Twice the same is one notice.
        options.DuplicatesBehavior = SnackbarDuplicatesBehavior.Prevent;
    });
}

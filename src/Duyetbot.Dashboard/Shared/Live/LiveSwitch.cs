namespace Duyetbot.Dashboard.Shared.Live;

/// <summary>Whether this tab follows new data. Remembered by a cookie, so that it is known before the first paint.</summary>
public sealed class LiveSwitch
{
    /// <summary>The cookie's name; its value is <c>off</c> while paused.</summary>
    public const string Cookie = "live";

    /// <summary>Raised when it was paused or resumed.</summary>
    public event Action? Changed;

    /// <summary>True while the person has stopped following; what came meanwhile is counted when it is resumed.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Pauses or resumes.</summary>
    public void Set(bool isPaused)
    {
        if (isPaused == IsPaused)
            return;
        IsPaused = isPaused;
        Changed?.Invoke();
    }
}

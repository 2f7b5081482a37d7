using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>The stages of an import from the page, in order.</summary>
public enum ImportStage
{
    /// <summary>Nothing was sent.</summary>
    None,

    /// <summary>The file arrives.</summary>
    Uploading,

    /// <summary>The dry run goes on.</summary>
    Checking,

    /// <summary>The dry run's report waits for a decision.</summary>
    Checked,

    /// <summary>The rows are written.</summary>
    Importing,

    /// <summary>They are written.</summary>
    Done,

    /// <summary>It did not work; nothing was written.</summary>
    Failed,

    /// <summary>Someone stopped it; nothing was written.</summary>
    Stopped,
}

/// <summary>How an import from the page stands.</summary>
public sealed record ImportState
{
    /// <summary>Before anything was sent.</summary>
    public static readonly ImportState None = new();

    /// <summary>Where it is.</summary>
    public ImportStage Stage { get; init; }

    /// <summary>The file's name on the sender's machine.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The file's size in bytes; 0 where the sender does not say.</summary>
    public long Size { get; init; }

    /// <summary>Bytes that have arrived.</summary>
    public long Received { get; init; }

    /// <summary>How far the stage is.</summary>
    public ImportProgress Progress { get; init; }

    /// <summary>The dry run's report, then the import's.</summary>
    public ImportReport? Report { get; init; }

    /// <summary>Why it failed, or was not finished.</summary>
    public string? Failure { get; init; }

    /// <summary>True from the wish to stop until it has stopped.</summary>
    public bool IsStopping { get; init; }

    /// <summary>True while something is done.</summary>
    public bool IsRunning => Stage is ImportStage.Uploading or ImportStage.Checking or ImportStage.Importing;

    /// <summary>True where another file may be sent.</summary>
    public bool IsOpen => !IsRunning && Stage != ImportStage.Checked;
}

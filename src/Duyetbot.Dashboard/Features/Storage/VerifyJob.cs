using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>How a check of the database stands.</summary>
public sealed record VerifyState
{
    /// <summary>Before any.</summary>
    public static readonly VerifyState None = new();

    /// <summary>True while it checks.</summary>
    public bool IsRunning { get; init; }

    /// <summary>True from the wish to stop until it has stopped.</summary>
    public bool IsStopping { get; init; }

    /// <summary>What is being done, in words.</summary>
    public string Phase { get; init; } = "";

    /// <summary>Keys that still wait, where they are counted.</summary>
    public long? Left { get; init; }

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<VerifyFinding> Findings { get; init; } = [];

    /// <summary>Why it did not come to its end.</summary>
    public string? Failure { get; init; }

    /// <summary>True where it came to its end and all is right; false where something differs.</summary>
    public bool? IsRight { get; init; }

    /// <summary>When it ended, in Unix ms; null before any end.</summary>
    public long? EndedAt { get; init; }

    /// <summary>How long it took.</summary>
    public long DurationMs { get; init; }
}

/// <summary>The one check of the database that the page runs.</summary>
public sealed class VerifyJob(DatabaseVerifier verifier, TimeProvider time, ILogger<VerifyJob> logger) : BackgroundJob<VerifyState>(VerifyState.None)
{
    /// <summary>Begins it; nothing where one runs already.</summary>
    public void Start()
    {
        if (TryBegin(s => s.IsRunning ? null : new VerifyState { IsRunning = true }))
            Run(VerifyAsync);
    }

    /// <inheritdoc/>
    protected override VerifyState? WithStopping(VerifyState state) => state.IsRunning ? state with { IsStopping = true } : null;

    private async Task VerifyAsync()
    {
        var started = time.GetTimestamp();
        bool? isRight = null;
        string? failure = null;
        try
        {
            isRight = await verifier.RunAsync(
                finding => TryChange(s => s with { Findings = [.. s.Findings, finding] }),
                (phase, left) => TryChange(s => s with { Phase = phase, Left = left }),
                Stopping);
        }
        catch (OperationCanceledException)
        {
            failure = "It was stopped before its end.";
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "A check of the database failed");
            failure = e.Message;
        }

        TryChange(s => s with
        {
            IsRunning = false,
            IsStopping = false,
            IsRight = isRight,
            Failure = failure,
            EndedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
        });
    }
}

namespace Duyetbot.Dashboard.Data;

/// <summary>Makes stale derived rows anew, in short transactions.</summary>
public interface IDerivedRefresher
{
    /// <summary>Makes everything anew that is marked dirty now; returns how many keys that were.</summary>
    Task<int> RefreshAsync(CancellationToken cancellationToken);
}

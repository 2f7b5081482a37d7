namespace Duyetbot.Dashboard.Shared.Live;

/// <summary>What the database held when figures were read, and how far it has been looked through since for what would change them.</summary>
/// <remarks>Figures have no rows that could be told apart, so nothing is counted: they are up to date, or they are not. Belongs to one tab.</remarks>
public sealed class SeenData
{
    /// <summary>The highest id of a message that was there, or has been looked at since.</summary>
    public long LastMessage { get; set; }

    /// <summary>The highest id of an event that was there, or has been looked at since.</summary>
    public long LastEvent { get; set; }

    /// <summary>The ids of events that had not ended: an event changes its row when it ends.</summary>
    public IReadOnlyList<long> Running { get; init; } = [];

    /// <summary>What the prices were, as a text that is only compared.</summary>
    public string Prices { get; init; } = "";

    /// <summary>True once something came that the figures do not hold; it stays so until they are read anew.</summary>
    public bool IsOutdated { get; set; }
}

namespace Duyetbot.Dashboard.Shared;

/// <summary>The time between two moments that may be malformed.</summary>
public static class Span
{
    /// <summary>Milliseconds from one moment to another, held within what a long can say.</summary>
    public static long Between(long from, long to) => (long)Int128.Clamp((Int128)to - from, long.MinValue, long.MaxValue);
}

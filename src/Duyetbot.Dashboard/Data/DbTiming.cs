namespace Duyetbot.Dashboard.Data;

/// <summary>Adds up the time that one request spends in the database, for the Server-Timing header.</summary>
public static class DbTiming
{
    private static readonly AsyncLocal<Total?> Current = new();

    /// <summary>Starts counting for the calls made from here on in this request.</summary>
    public static Total Start() => Current.Value = new Total();

    internal static void Add(TimeSpan elapsed) => Current.Value?.Add(elapsed);

    /// <summary>The time so far; safe to add to from several threads.</summary>
    public sealed class Total
    {
        private long _ticks;

        /// <summary>Milliseconds spent in statements, summed over parallel ones.</summary>
        public double Milliseconds => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalMilliseconds;

        internal void Add(TimeSpan elapsed) => Interlocked.Add(ref _ticks, elapsed.Ticks);
    }
}

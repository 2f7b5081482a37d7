using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Packed events of a quarter hour or a day: how many, how many failed, and the recorded durations in ms, shortest first.</summary>
internal static class EventBlob
{
    public static byte[] Pack(long events, long errors, List<long> durations)
    {
        durations.Sort();
        var bytes = new List<byte>(durations.Count * 3 + 12);
        Varint.Write(bytes, events);
        Varint.Write(bytes, errors);
        Varint.Write(bytes, durations.Count);
        var last = 0L;
        foreach (var duration in durations)
        {
            Varint.Write(bytes, duration - last);
            last = duration;
        }

        return [.. bytes];
    }

    /// <summary>Unpacks the counts, and appends the durations.</summary>
    public static (long Events, long Errors) Unpack(ReadOnlySpan<byte> bytes, List<long> durations)
    {
        var at = 0;
        var events = Varint.Read(bytes, ref at);
        var errors = Varint.Read(bytes, ref at);
        var left = Varint.Read(bytes, ref at);
        var last = 0L;
        durations.EnsureCapacity(durations.Count + (int)left);
        for (; left > 0; left--)
            durations.Add(last += Varint.Read(bytes, ref at));
        return (events, errors);
    }
}

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Whole numbers from 0 up in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that another follows.</summary>
public static class Varint
{
    /// <summary>Reads the number at a position and moves behind it.</summary>
    public static long Read(ReadOnlySpan<byte> source, ref int at)
    {
        long value = source[at++];
        if (value < 0x80)
            return value;
        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            long part = source[at++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }

    /// <summary>Appends a number.</summary>
    public static void Write(List<byte> target, long value)
    {
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            target.Add((byte)(rest | 0x80));
            rest >>= 7;
        }

        target.Add((byte)rest);
    }
}

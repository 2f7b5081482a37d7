using System.Runtime.CompilerServices;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Whole numbers from 0 up in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that another follows.</summary>
public static class Varint
{
    /// <summary>Reads the number at a position and moves behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(ReadOnlySpan<byte> source, ref int at)
    {
        // Most numbers fit one byte.
        var first = source[at++];
        return first < 0x80 ? first : ReadMore(source, ref at, first & 0x7f);
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

    private static long ReadMore(ReadOnlySpan<byte> source, ref int at, long value)
    {
        for (var shift = 7; ; shift += 7)
        {
            long part = source[at++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}

using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The sums of one key and model on one day, while they are put together.</summary>
internal sealed class DayCell
{
    /// <summary>Number of the key's label, 0 for none.</summary>
    public int Label { get; set; }

    public FigureAmounts Sum { get; set; } = new() { Rows = 0 };

    public HashSet<int> Users { get; } = [];

    public HashSet<int> Conversations { get; } = [];
}

/// <summary>Packed sums of a day per key and model: how many, then each one's numbers, amounts, and its users and conversations, each with their count and length.</summary>
internal static class DayBlob
{
    /// <summary>Packs cells in the order of key and model.</summary>
    public static byte[] Pack(IReadOnlyDictionary<(int Key, int Model), DayCell> cells)
    {
        var bytes = new List<byte>(cells.Count * 32 + 4);
        Varint.Write(bytes, cells.Count);
        foreach (var ((key, model), cell) in cells.OrderBy(c => c.Key))
        {
            Varint.Write(bytes, key);
            Varint.Write(bytes, cell.Label);
            Varint.Write(bytes, model);
            Amounts.Write(bytes, cell.Sum);
            WriteIds(bytes, cell.Users);
            WriteIds(bytes, cell.Conversations);
        }

        return [.. bytes];
    }

    private static void WriteIds(List<byte> bytes, HashSet<int> ids)
    {
        var run = new List<byte>(ids.Count * 2);
        var last = 0;
        foreach (var id in ids.Order())
        {
            Varint.Write(run, id - last);
            last = id;
        }

        Varint.Write(bytes, ids.Count);
        Varint.Write(bytes, run.Count);
        bytes.AddRange(run);
    }

    /// <summary>Walks packed cells.</summary>
    public struct Reader(byte[] bytes)
    {
        private readonly byte[] _bytes = bytes;
        private int _at;
        private long _left = -1;

        public int Key { get; private set; }

        public int Label { get; private set; }

        public int Model { get; private set; }

        public FigureAmounts Sum { get; private set; }

        public IdRun Users { get; private set; }

        public IdRun Conversations { get; private set; }

        public bool Read()
        {
            if (_left < 0)
                _left = Varint.Read(_bytes, ref _at);
            if (_left-- == 0)
                return false;
            Key = (int)Varint.Read(_bytes, ref _at);
            Label = (int)Varint.Read(_bytes, ref _at);
            Model = (int)Varint.Read(_bytes, ref _at);
            Sum = Amounts.Read(_bytes, ref _at);
            Users = Ids();
            Conversations = Ids();
            return true;
        }

        private IdRun Ids()
        {
            var count = (int)Varint.Read(_bytes, ref _at);
            var length = (int)Varint.Read(_bytes, ref _at);
            var run = new IdRun(_bytes, _at, count);
            _at += length;
            return run;
        }
    }
}

using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The sums of one key and model on one day, while they are put together.</summary>
internal sealed class DayCell
{
    /// <summary>Number of the key's label among the rows with the model, 0 for none.</summary>
    public int Label { get; set; }

    public FigureAmounts Sum { get; set; } = new() { Rows = 0 };

    public HashSet<int> Users { get; } = [];

    public HashSet<int> Conversations { get; } = [];
}

/// <summary>The sums of one key on one day, while they are put together.</summary>
internal sealed class DayKey
{
    /// <summary>Number of the key's label, 0 for none.</summary>
    public int Label { get; set; }

    public SortedDictionary<int, DayCell> Models { get; } = [];
}

/// <summary>Packed sums of a day: per key its label, users and conversations, and per model of it the amounts; with label, users and conversations of their own where there are several models.</summary>
internal static class DayBlob
{
    /// <summary>Packs keys and models in the order of their numbers.</summary>
    public static byte[] Pack(SortedDictionary<int, DayKey> keys)
    {
        var bytes = new List<byte>(keys.Count * 48 + 4);
        Varint.Write(bytes, keys.Count);
        foreach (var (number, key) in keys)
        {
            var several = key.Models.Count > 1;
            Varint.Write(bytes, number);
            Varint.Write(bytes, key.Label);
            WriteIds(bytes, key.Models.Values.SelectMany(c => c.Users));
            WriteIds(bytes, key.Models.Values.SelectMany(c => c.Conversations));
            Varint.Write(bytes, key.Models.Count);
            foreach (var (model, cell) in key.Models)
            {
                Varint.Write(bytes, model);
                Amounts.Write(bytes, cell.Sum);
                if (!several)
                    continue;
                Varint.Write(bytes, cell.Label);
                WriteIds(bytes, cell.Users);
                WriteIds(bytes, cell.Conversations);
            }
        }

        return [.. bytes];
    }

    // How many, how many bytes, then each as the distance to the one before.
    private static void WriteIds(List<byte> bytes, IEnumerable<int> ids)
    {
        var different = ids.Distinct().Order().ToList();
        var run = new List<byte>(different.Count * 2);
        var last = 0;
        foreach (var id in different)
        {
            Varint.Write(run, id - last);
            last = id;
        }

        Varint.Write(bytes, different.Count);
        Varint.Write(bytes, run.Count);
        bytes.AddRange(run);
    }

    /// <summary>Walks packed sums: each key, and after each key every model of it.</summary>
    public struct Reader(byte[] bytes)
    {
        private readonly byte[] _bytes = bytes;
        private int _at;
        private long _left = -1;
        private int _label;
        private IdRun _users;
        private IdRun _conversations;
        private long _modelsLeft;
        private bool _several;

        public int Key { get; private set; }

        /// <summary>Label of the key, or after a model that of the key with it.</summary>
        public int Label { get; private set; }

        public int Model { get; private set; }

        public FigureAmounts Sum { get; private set; }

        /// <summary>Users of the key, or after a model those of the key with it.</summary>
        public IdRun Users { get; private set; }

        /// <summary>Conversations of the key, or after a model those of the key with it.</summary>
        public IdRun Conversations { get; private set; }

        /// <summary>The next key; every model of the last one must have been read.</summary>
        public bool ReadKey()
        {
            if (_left < 0)
                _left = Varint.Read(_bytes, ref _at);
            if (_left-- == 0)
                return false;
            Key = (int)Varint.Read(_bytes, ref _at);
            _label = Label = (int)Varint.Read(_bytes, ref _at);
            _users = Users = Ids();
            _conversations = Conversations = Ids();
            _modelsLeft = Varint.Read(_bytes, ref _at);
            _several = _modelsLeft > 1;
            return true;
        }

        /// <summary>The next model of the key.</summary>
        public bool ReadModel()
        {
            if (_modelsLeft-- == 0)
                return false;
            Model = (int)Varint.Read(_bytes, ref _at);
            Sum = Amounts.Read(_bytes, ref _at);
            Label = _several ? (int)Varint.Read(_bytes, ref _at) : _label;
            Users = _several ? Ids() : _users;
            Conversations = _several ? Ids() : _conversations;
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

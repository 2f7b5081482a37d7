using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Adds what is read about messages or steps to a fold and a weekly pattern: whole days, quarter hours, live rows.</summary>
internal sealed class SumsReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly FigureNames _names;
    private readonly FigurePrices _prices;
    private readonly FigureDimension _dimension;
    private readonly MessageFilter _filter;
    private readonly FigureFold _fold;
    private readonly FactFilter _facts;
    private FigureSeries?[] _series = [];
    private ModelPrices?[] _models = [];
    private readonly bool _byModel;
    private StretchQuery? _live;

    public SumsReader(SqliteConnection connection, FigureNames names, FigurePrices prices, FigureDimension dimension, MessageFilter filter, FigureFold fold)
    {
        (_connection, _names, _prices, _dimension, _filter, _fold) = (connection, names, prices, dimension, filter, fold);
        _facts = new FactFilter(connection, filter);
        // Live rows get the numbers that sums have for the same users and conversations.
        fold.Users = Numbers("figure_names");
        fold.Conversations = Numbers("figure_conversations");
        var source = (filter with { Model = null, Platform = null, UserId = null, Role = null, Source = null }).IsOpen && fold.Periods.Granularity != Granularity.Hour ? Source() : null;
        DayPart = source is { } by ? DayParts.Of(by) : null;
        HeatPart = (filter with { Model = null }).IsOpen ? dimension == FigureDimension.Agent ? DayParts.StepHour : DayParts.Hour : null;
        _byModel = dimension == FigureDimension.Model && source != FigureDimension.Model;
    }

    /// <summary>kind of figure_slots.</summary>
    public string Kind => _dimension == FigureDimension.Agent ? Slots.Steps : Slots.Messages;

    /// <summary>part of figure_days that answers; null where no part does.</summary>
    public string? DayPart { get; }

    /// <summary>part of figure_days with the weekly pattern; null where no part has it.</summary>
    public string? HeatPart { get; }

    public void AddDay(long day, byte[] packed)
    {
        var period = _fold.Periods.IndexOf(day);
        var only = _facts.OnlyKey;
        var keys = new DayBlob.Reader(packed);
        while (keys.ReadKey())
        {
            var passes = only is null || keys.Key == only;
            var (label, users, conversations) = (keys.Label, keys.Users, keys.Conversations);
            FigureAmounts? sum = null;
            while (keys.ReadModel())
            {
                if (!passes || !_facts.HasModel(keys.Model))
                    continue;
                var amounts = PricesOf(keys.Model).Price(keys.Sum, day);
                if (_byModel || _filter.Model is not null)
                    _fold.Add(period, SeriesOf(KeyOf(keys)), LabelOf(keys.Label), amounts).Count(keys.Users, keys.Conversations);
                else
                    sum = sum is { } before ? before.Plus(amounts) : amounts;
            }

            if (sum is { } all)
                _fold.Add(period, SeriesOf(KeyOf(keys)), LabelOf(label), all).Count(users, conversations);
        }
    }

    public void AddHours(long day, byte[] packed, HourHeat heat)
    {
        var hours = new DayBlob.Reader(packed);
        while (hours.ReadKey())
        {
            while (hours.ReadModel())
            {
                if (_facts.HasModel(hours.Model))
                    heat.Add(day, hours.Key, PricesOf(hours.Model).Price(hours.Sum, day));
            }
        }
    }

    public void AddSlot(long slot, byte[] packed, HourHeat? heat)
    {
        var period = _fold.Periods.IndexOf(slot);
        var facts = new FactBlob.Reader(packed);
        while (facts.Read())
        {
            var key = facts.Key;
            if (!_facts.Passes(key))
                continue;
            var amounts = PricesOf(key.Model).Price(facts.Sum, slot);
            _fold.Add(period, SeriesOf(KeyOf(key)), LabelOf(key.Username), amounts).Count(key.User == 0 ? -1 : key.User, key.Conversation == 0 ? -1 : key.Conversation);
            heat?.Add(slot, amounts);
        }
    }

    public void AddHeat(long slot, byte[] packed, HourHeat heat)
    {
        var facts = new FactBlob.Reader(packed);
        while (facts.Read())
        {
            var key = facts.Key;
            if (_facts.Passes(key))
                heat.Add(slot, PricesOf(key.Model).Price(facts.Sum, slot));
        }
    }

    public void ReadLive(long from, long to, HourHeat? heat) => EachLive(from, to, (in FigureRow row) =>
    {
        if (_fold.Add(row))
            heat?.Add(row);
    });

    public void Dispose() => _live?.Dispose();

    private delegate void RowAction(in FigureRow row);

    private void EachLive(long from, long to, RowAction action)
    {
        if (_live is null)
        {
            var (sql, parameters) = FigureSql.Rows(_dimension, _filter, _fold.Periods.From, _fold.Periods.To);
            _live = new StretchQuery(_connection, sql, parameters);
        }

        using var reader = _live.Read(from, to);
        while (reader.Read())
            action(FigureSql.Read(reader));
    }

    // A day's cells have one key beside the model: the dimension's own, or that of which only one is asked for.
    private FigureDimension? Source()
    {
        var only = new List<FigureDimension>(1);
        if (_filter.Platform is not null) only.Add(FigureDimension.Platform);
        if (_filter.UserId is not null) only.Add(FigureDimension.User);
        if (_filter.Role is not null) only.Add(FigureDimension.Role);
        if (_filter.Source is not null) only.Add(FigureDimension.Source);
        return only switch
        {
            [] => _dimension,
            [var one] when _dimension is FigureDimension.None or FigureDimension.Model || _dimension == one => one,
            _ => null,
        };
    }

    private int KeyOf(in DayBlob.Reader keys) => _byModel ? keys.Model : _dimension == FigureDimension.None ? 0 : keys.Key;

    private int KeyOf(in FactKey key) => _dimension switch
    {
        FigureDimension.Platform => key.Platform,
        FigureDimension.User => key.User,
        FigureDimension.Model => key.Model,
        FigureDimension.Role => key.Role,
        FigureDimension.Agent => key.Agent,
        FigureDimension.Source => key.Source,
        _ => 0,
    };

    // Numbers are small, and asked for once a cell.
    private FigureSeries SeriesOf(int key)
    {
        if (key >= _series.Length)
            Array.Resize(ref _series, (key + 64) * 2);
        return _series[key] ??= _fold.SeriesOf(Name(key));
    }

    private ModelPrices PricesOf(int model)
    {
        if (model >= _models.Length)
            Array.Resize(ref _models, (model + 64) * 2);
        return _models[model] ??= _prices.Of(Name(model));
    }

    private string? LabelOf(int label) => _dimension == FigureDimension.User ? Name(label) : null;

    private string? Name(int number) => _names.Of(_connection, number);

    private IdNumbers Numbers(string table)
    {
        var first = _connection.ExecuteScalar<int>($"SELECT COALESCE(MAX(number), 0) + 1 FROM {table}");
        return new IdNumbers(name => _connection.QueryFirstOrDefault<int?>($"SELECT number FROM {table} WHERE name = @name", new { name }), first);
    }
}

using System.Data;
using System.Globalization;
using System.Text;
using Dapper;

namespace Duyetbot.Dashboard.Data;

/// <summary>Teaches Dapper that a SQLite column may hold any type in any row: a malformed row must never take a page down.</summary>
internal static class DapperSetup
{
    private static int _applied;

    public static void Apply()
    {
        if (Interlocked.Exchange(ref _applied, 1) == 1)
            return;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new Text());
        SqlMapper.AddTypeHandler(new Whole());
        SqlMapper.AddTypeHandler(new Fraction());
        SqlMapper.AddTypeHandler(new Flag());
    }

    private sealed class Text : SqlMapper.TypeHandler<string>
    {
        public override void SetValue(IDbDataParameter parameter, string? value) => parameter.Value = (object?)value ?? DBNull.Value;

        public override string? Parse(object value) => value switch
        {
            null or DBNull => null,
            string text => text,
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }

    private sealed class Whole : SqlMapper.TypeHandler<long>
    {
        public override void SetValue(IDbDataParameter parameter, long value) => parameter.Value = value;

        public override long Parse(object value) => ToWhole(value);
    }

    private sealed class Flag : SqlMapper.TypeHandler<bool>
    {
        public override void SetValue(IDbDataParameter parameter, bool value) => parameter.Value = value ? 1 : 0;

        public override bool Parse(object value) => ToWhole(value) != 0;
    }

    private sealed class Fraction : SqlMapper.TypeHandler<double>
    {
        public override void SetValue(IDbDataParameter parameter, double value) => parameter.Value = value;

        public override double Parse(object value) => value switch
        {
            double number => number,
            long whole => whole,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => 0,
        };
    }

    private static long ToWhole(object value) => value switch
    {
        long whole => whole,
        double number => double.IsNaN(number) ? 0 : (long)Math.Clamp(number, -9.2e18, 9.2e18),
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => 0,
    };
}

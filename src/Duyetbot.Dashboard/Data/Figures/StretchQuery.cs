using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>A statement over @from and @to that is run for many stretches: the views take longer to be prepared than a few rows to be read.</summary>
internal sealed class StretchQuery : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter _from;
    private readonly SqliteParameter _to;

    /// <summary>Prepares nothing yet.</summary>
    /// <param name="connection">With an open transaction.</param>
    /// <param name="sql">Names @from and @to, and the parameters.</param>
    /// <param name="parameters">The values of the others.</param>
    public StretchQuery(SqliteConnection connection, string sql, params IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var (name, value) in parameters)
            _command.Parameters.AddWithValue("@" + name, value ?? DBNull.Value);
        _from = _command.Parameters.Add("@from", SqliteType.Integer);
        _to = _command.Parameters.Add("@to", SqliteType.Integer);
    }

    /// <summary>Runs it for a stretch; the reader must be closed before the next.</summary>
    public SqliteDataReader Read(long from, long to)
    {
        (_from.Value, _to.Value) = (from, to);
        return _command.ExecuteReader();
    }

    /// <summary>Runs it for a stretch without an answer.</summary>
    public void Run(long from, long to)
    {
        (_from.Value, _to.Value) = (from, to);
        _command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}

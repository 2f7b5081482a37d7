using System.Text;

namespace Duyetbot.Dashboard.Import;

/// <summary>Takes what a dump says about the tables that an import knows.</summary>
internal interface IDumpTarget
{
    /// <summary>A table of a known name, with its definition in canonical spelling.</summary>
    void Table(string table, string sql, int line);

    /// <summary>An index on a known table.</summary>
    void Index(string sql);

    /// <summary>A row of a known table; no columns: those of the table in order.</summary>
    void Row(string table, string[]? columns, List<object?> values, int line, bool ambiguous);

    /// <summary>A row of a known table that cannot be read; the rest of its statement is lost with it.</summary>
    void Unreadable(string table, int line, string reason);

    /// <summary>A statement that is not taken.</summary>
    void Skip(string what, int line);
}

/// <summary>Reads a SQL dump statement by statement. Only CREATE TABLE and CREATE INDEX of known tables and the values of INSERTs are handed on; everything else is named and skipped.</summary>
internal sealed class DumpReader(TextReader text, IDumpTarget target)
{
    private static readonly HashSet<string> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        "ALTER", "ANALYZE", "ATTACH", "BEGIN", "COMMIT", "CREATE", "DELETE", "DETACH", "DROP", "END", "EXPLAIN", "INSERT", "PRAGMA", "REINDEX",
        "RELEASE", "REPLACE", "ROLLBACK", "SAVEPOINT", "SELECT", "UPDATE", "VACUUM", "VALUES", "WITH",
    };

    private static readonly HashSet<string> HarmlessPragmas = new(StringComparer.OrdinalIgnoreCase) { "defer_foreign_keys", "foreign_keys" };

    private readonly SqlTokenizer _tokens = new(text);
    private bool _begun;
    private int _beganAt;

    /// <summary>Reads to the end.</summary>
    /// <exception cref="ImportException">The text is no dump, or it is cut off.</exception>
    public void Read()
    {
        var statements = 0;
        while (_tokens.Next())
        {
            if (_tokens.Is(';'))
                continue;
            _beganAt = _tokens.Line;
            statements++;
            if (_tokens.Kind != SqlToken.Word || !Verbs.Contains(_tokens.Value))
                throw new ImportException($"The file is neither a SQL dump nor a SQLite database: line {_tokens.Line} begins with “{(_tokens.Value.Length > 30 ? _tokens.Value[..30] + "…" : _tokens.Value)}”. Nothing was written.");
            Statement();
            if (!_tokens.Is(';'))
                throw CutOff();
        }

        if (_tokens.Kind == SqlToken.CutOff)
        {
            _beganAt = statements == 0 ? 1 : _tokens.Line;
            throw CutOff();
        }

        if (statements == 0)
            throw new ImportException("The file is empty: it holds no statement. Nothing was written.");
        if (_begun)
            throw new ImportException($"The dump begins a transaction and ends in line {_tokens.Line} without its COMMIT: it is cut off. Export it again. Nothing was written.");
    }

    private void Statement()
    {
        switch (_tokens.Value.ToUpperInvariant())
        {
            case "BEGIN":
                _begun = true;
                SkipRest();
                break;
            case "COMMIT" or "END":
                _begun = false;
                SkipRest();
                break;
            case "PRAGMA":
                Next();
                if (!HarmlessPragmas.Contains(_tokens.Value))
                    target.Skip($"PRAGMA {_tokens.Value}", _beganAt);
                SkipRest();
                break;
            case "CREATE":
                Create();
                break;
            case "INSERT":
                Insert();
                break;
            case "DELETE":
                Next();
                Next();
                // sqlite3's own .dump begins the sequences anew with it.
                if (_tokens.Value != "sqlite_sequence")
                    target.Skip("DELETE", _beganAt);
                SkipRest();
                break;
            case var verb:
                target.Skip(verb, _beganAt);
                SkipRest();
                break;
        }
    }

    private void Create()
    {
        var sql = new StringBuilder("CREATE");
        Next();
        var unique = _tokens.Is("UNIQUE");
        if (unique)
            Next();
        var kind = _tokens.Value.ToUpperInvariant();
        if (kind is not ("TABLE" or "INDEX"))
        {
            SkipCreate(kind);
            return;
        }

        sql.Append(unique ? " UNIQUE " : " ").Append(kind).Append(" IF NOT EXISTS ");
        Next();
        while (_tokens.Is("IF") || _tokens.Is("NOT") || _tokens.Is("EXISTS"))
            Next();
        var name = _tokens.Value;
        var table = name;
        Append(sql);
        Next();
        if (kind == "INDEX" && _tokens.Is("ON"))
        {
            Append(sql);
            Next();
            table = _tokens.Value;
            Append(sql);
            Next();
        }

        if (!ImportTables.IsKnown(table) || !_tokens.Is('('))
        {
            if (table != "sqlite_sequence" && kind == "TABLE")
                target.Skip($"CREATE {kind} {name}", _beganAt);
            SkipRest();
            return;
        }

        while (!_tokens.Is(';') && !Ended)
        {
            Append(sql);
            Next();
        }

        if (Ended)
            throw CutOff();
        if (kind == "TABLE")
            target.Table(table, sql.ToString(), _beganAt);
        else
            target.Index(sql.ToString());
    }

    // A trigger holds statements: it ends at an END between two semicolons.
    private void SkipCreate(string kind)
    {
        if (kind is "TEMP" or "TEMPORARY")
        {
            Next();
            kind = _tokens.Value.ToUpperInvariant();
        }

        Next();
        target.Skip($"CREATE {kind} {_tokens.Value}", _beganAt);
        if (kind != "TRIGGER")
        {
            SkipRest();
            return;
        }

        var (afterSemicolon, end) = (false, false);
        while (!Ended)
        {
            if (_tokens.Is(';') && end)
                return;
            end = afterSemicolon && _tokens.Is("END");
            afterSemicolon = _tokens.Is(';');
            Next();
        }
    }

    private void Insert()
    {
        Next();
        if (_tokens.Is("OR"))
        {
            Next();
            Next();
        }

        Next(); // INTO
        var table = _tokens.Value;
        Next();
        if (!ImportTables.IsKnown(table))
        {
            if (table != "sqlite_sequence")
                target.Skip($"rows of {table}", _beganAt);
            SkipRest();
            return;
        }

        var columns = _tokens.Is('(') ? Columns() : null;
        if (!_tokens.Is("VALUES"))
        {
            target.Skip($"INSERT INTO {table} without VALUES", _beganAt);
            SkipRest();
            return;
        }

        Rows(table, columns);
    }

    private string[] Columns()
    {
        var columns = new List<string>();
        Next();
        while (!_tokens.Is(')') && !Ended)
        {
            if (!_tokens.Is(','))
                columns.Add(_tokens.Value);
            Next();
        }

        Next();
        return [.. columns];
    }

    private void Rows(string table, string[]? columns)
    {
        var reader = new DumpValues(_tokens);
        do
        {
            Next();
            var line = _tokens.Line;
            var values = new List<object?>();
            try
            {
                if (!_tokens.Is('('))
                    throw new DumpValueException("a row does not begin with “(”");
                reader.Reset();
                do
                {
                    Next();
                    values.Add(reader.Read());
                }
                while (_tokens.Is(','));
                if (!_tokens.Is(')'))
                    throw new DumpValueException($"“{_tokens.Value}” stands behind a value");
                Next();
            }
            catch (DumpValueException e)
            {
                if (Ended)
                    throw CutOff();
                target.Unreadable(table, line, e.Message);
                SkipRest();
                return;
            }

            if (!_tokens.Is(',') && !_tokens.Is(';'))
            {
                if (Ended)
                    throw CutOff();
                target.Unreadable(table, line, $"“{_tokens.Value}” stands behind the row");
                SkipRest();
                return;
            }

            // sqlite3's own .dump, which begins a transaction, takes a mark for line breaks that the text does not hold.
            target.Row(table, columns, values, line, reader.Ambiguous && !_begun);
        }
        while (_tokens.Is(','));
    }

    private bool Ended => _tokens.Kind is SqlToken.End or SqlToken.CutOff;

    private void Next()
    {
        if (!Ended)
            _tokens.Next();
    }

    private void SkipRest()
    {
        while (!_tokens.Is(';') && !Ended)
            Next();
        if (Ended)
            throw CutOff();
    }

    private ImportException CutOff() =>
        new($"The dump is cut off: the statement that begins in line {_beganAt} has no end. Export it again. Nothing was written.");

    private void Append(StringBuilder sql)
    {
        var value = _tokens.Value;
        switch (_tokens.Kind)
        {
            case SqlToken.Name:
                sql.Append(" \"").Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                break;
            case SqlToken.Text:
                sql.Append(" '").Append(value.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                break;
            case SqlToken.Blob:
                sql.Append(" X'").Append(value).Append('\'');
                break;
            default:
                sql.Append(' ').Append(value);
                break;
        }
    }
}

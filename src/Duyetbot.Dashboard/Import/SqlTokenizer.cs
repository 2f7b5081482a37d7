using System.Text;

namespace Duyetbot.Dashboard.Import;

/// <summary>What a token of SQL is.</summary>
internal enum SqlToken
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>The text is over inside a string, a name or a comment.</summary>
    CutOff,

    /// <summary>A keyword or plain name.</summary>
    Word,

    /// <summary>A name in quotes.</summary>
    Name,

    /// <summary>A string in single quotes.</summary>
    Text,

    /// <summary>X'…': the text is the hexadecimal digits.</summary>
    Blob,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Anything else.</summary>
    Sign,
}

/// <summary>Splits SQL into tokens by SQLite's rules, without holding more than one of them.</summary>
internal sealed class SqlTokenizer(TextReader reader)
{
    private readonly char[] _buffer = new char[65_536];
    private readonly StringBuilder _text = new();
    private int _at;
    private int _length;

    /// <summary>What the token is.</summary>
    public SqlToken Kind { get; private set; }

    /// <summary>Its value, without quotes.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The line on which it begins, from 1.</summary>
    public int Line { get; private set; } = 1;

    private int _line = 1;

    /// <summary>True when the token is this word, in any case.</summary>
    public bool Is(string word) => Kind == SqlToken.Word && string.Equals(Value, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the token is this sign.</summary>
    public bool Is(char sign) => Kind == SqlToken.Sign && Value.Length == 1 && Value[0] == sign;

    /// <summary>Reads the next token; false at the end.</summary>
    public bool Next()
    {
        if (!SkipBlank())
        {
            Line = _line;
            Value = "";
            Kind = Kind == SqlToken.CutOff ? SqlToken.CutOff : SqlToken.End;
            return false;
        }

        Line = _line;
        var c = (char)Peek();
        switch (c)
        {
            case '\'':
                return Quoted('\'', SqlToken.Text);
            case '"' or '`':
                return Quoted(c, SqlToken.Name);
            case '[':
                return Quoted(']', SqlToken.Name);
            case >= '0' and <= '9':
                return Run(SqlToken.Number, static (x, last) => char.IsAsciiLetterOrDigit(x) || x == '.' || (x is '+' or '-' && last is 'e' or 'E'));
            case 'x' or 'X' when PeekSecond() == '\'':
                Read();
                return Quoted('\'', SqlToken.Blob);
            case '_' or '$' or '@' or ':' or '?' or '#':
                return Run(SqlToken.Word, static (x, _) => IsWord(x) || x is '@' or ':' or '?' or '#');
        }

        if (IsWord(c))
            return Run(SqlToken.Word, static (x, _) => IsWord(x));
        if (c is '(' or ')' or ',' or ';' or '.')
        {
            Read();
            Value = c.ToString();
            Kind = SqlToken.Sign;
            return true;
        }

        return Operator();
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' || c > 127;

    private bool Operator()
    {
        _text.Clear();
        do
            _text.Append((char)Read());
        while (Peek() is var c and >= 0 && "<>=!|-+*/%&~".Contains((char)c, StringComparison.Ordinal) && !StartsComment());
        Value = _text.ToString();
        Kind = SqlToken.Sign;
        return true;
    }

    private bool Run(SqlToken kind, Func<char, char, bool> belongs)
    {
        _text.Clear();
        var last = (char)Read();
        _text.Append(last);
        while (Peek() is var c and >= 0 && belongs((char)c, last))
            _text.Append(last = (char)Read());
        Value = _text.ToString();
        Kind = kind;
        return true;
    }

    private bool Quoted(char close, SqlToken kind)
    {
        Read();
        _text.Clear();
        while (true)
        {
            if (_at == _length && !Fill())
            {
                Kind = SqlToken.CutOff;
                return false;
            }

            var span = _buffer.AsSpan(_at, _length - _at);
            var end = span.IndexOf(close);
            var part = end < 0 ? span : span[..end];
            _line += part.Count('\n');
            _text.Append(part);
            _at += part.Length;
            if (end < 0)
                continue;
            _at++;
            if (close == ']' || Peek() != close)
                break;
            _text.Append(close);
            _at++;
        }

        Value = _text.ToString();
        Kind = kind;
        return true;
    }

    private bool SkipBlank()
    {
        while (Peek() is var c and >= 0)
        {
            if (char.IsWhiteSpace((char)c) || c == '\uFEFF')
                Read();
            else if (!StartsComment())
                return true;
            else if (c == '-')
                SkipLine();
            else if (!SkipBlock())
                return false;
        }

        return false;
    }

    private bool StartsComment() => (Peek(), PeekSecond()) is ('-', '-') or ('/', '*');

    private void SkipLine()
    {
        while (Peek() is >= 0 and not '\n')
            Read();
    }

    private bool SkipBlock()
    {
        Read();
        Read();
        while (Peek() >= 0)
        {
            if (Read() == '*' && Peek() == '/')
            {
                Read();
                return true;
            }
        }

        Kind = SqlToken.CutOff;
        return false;
    }

    private int Read()
    {
        var c = Peek();
        if (c < 0)
            return c;
        _at++;
        if (c == '\n')
            _line++;
        return c;
    }

    private int Peek() => _at < _length || Fill() ? _buffer[_at] : -1;

    private int PeekSecond()
    {
        if (_at + 1 < _length)
            return _buffer[_at + 1];
        return Fill() && _at + 1 < _length ? _buffer[_at + 1] : -1;
    }

    // Keeps what is not read yet, so that looking two characters ahead works at the buffer's end.
    private bool Fill()
    {
        var kept = _length - _at;
        if (kept == _buffer.Length)
            return true;
        Array.Copy(_buffer, _at, _buffer, 0, kept);
        (_at, _length) = (0, kept);
        var read = reader.Read(_buffer, kept, _buffer.Length - kept);
        _length += read;
        return read > 0;
    }
}

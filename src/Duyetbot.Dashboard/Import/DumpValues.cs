using System.Globalization;
using System.Text;

namespace Duyetbot.Dashboard.Import;

/// <summary>A value in a dump is not one that a dump holds; the message says what stands there.</summary>
internal sealed class DumpValueException(string message) : Exception(message);

/// <summary>Works out the values of an INSERT: literals and the few functions that dumps use around them. Nothing of the input is run as SQL.</summary>
internal sealed class DumpValues(SqlTokenizer tokens)
{
    private const int DeepestCall = 40;
    private int _depth;

    /// <summary>True when a value since <see cref="Reset"/> was restored by a rule that cannot tell a line break from a backslash and an n.</summary>
    public bool Ambiguous { get; private set; }

    /// <summary>Before each row.</summary>
    public void Reset() => (Ambiguous, _depth) = (false, 0);

    /// <summary>The value at the current token; afterwards the current token is the one behind it.</summary>
    /// <exception cref="DumpValueException">It is not a value that a dump holds.</exception>
    public object? Read()
    {
        var value = One();
        while (tokens.Kind == SqlToken.Sign && tokens.Value == "||")
        {
            Next();
            value = Words(value) + Words(One());
        }

        return value;
    }

    private object? One()
    {
        if (++_depth > DeepestCall)
            throw new DumpValueException("functions are nested too deep");
        try
        {
            switch (tokens.Kind)
            {
                case SqlToken.Text:
                    return Take(tokens.Value);
                case SqlToken.Blob:
                    return Take(Convert.FromHexString(tokens.Value));
                case SqlToken.Number:
                    return Take(Number(tokens.Value));
                case SqlToken.Sign when tokens.Value is "-" or "+":
                    return Signed();
                case SqlToken.Word:
                    return Word();
                default:
                    throw new DumpValueException($"“{Short(tokens.Value)}” is not a value");
            }
        }
        catch (FormatException)
        {
            throw new DumpValueException("a blob is not made of hexadecimal digits");
        }
        finally
        {
            _depth--;
        }
    }

    private object? Word()
    {
        var word = tokens.Value.ToUpperInvariant();
        Next();
        switch (word)
        {
            case "NULL":
                return null;
            case "TRUE":
                return 1L;
            case "FALSE":
                return 0L;
            case "CAST":
                return Cast();
            case "REPLACE" or "CHAR" or "UNISTR":
                return Call(word, Arguments());
            default:
                throw new DumpValueException($"“{Short(word)}” is not a value");
        }
    }

    private string Call(string function, List<object?> arguments)
    {
        switch (function)
        {
            case "CHAR":
                return string.Concat(arguments.Select(a => a is long and >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) ? char.ConvertFromUtf32((int)(long)a!) : "\uFFFD"));
            case "UNISTR" when arguments is [string text]:
                return Unistr(text);
            case "REPLACE" when arguments is [string text, string { Length: > 0 } from, string to]:
                if (from == "\\n" && to == "\n" && text.AsSpan().IndexOfAny("\"'`") >= 0)
                    Ambiguous = true;
                return text.Replace(from, to, StringComparison.Ordinal);
            default:
                throw new DumpValueException($"{function.ToLowerInvariant()}() is called as no dump calls it");
        }
    }

    private List<object?> Arguments()
    {
        Expect('(');
        var arguments = new List<object?>();
        if (!tokens.Is(')'))
        {
            arguments.Add(Read());
            while (tokens.Is(','))
            {
                Next();
                arguments.Add(Read());
            }
        }

        Expect(')');
        return arguments;
    }

    private object? Cast()
    {
        Expect('(');
        var value = Read();
        if (!tokens.Is("AS"))
            throw new DumpValueException("CAST is written as no dump writes it");
        Next();
        var type = tokens.Value.ToUpperInvariant();
        Next();
        Expect(')');
        return (type, value) switch
        {
            ("TEXT", byte[] bytes) => Encoding.UTF8.GetString(bytes),
            ("BLOB", string text) => Encoding.UTF8.GetBytes(text),
            ("TEXT" or "BLOB", _) => value,
            _ => throw new DumpValueException($"CAST … AS {Short(type)} is not a value"),
        };
    }

    private object Signed()
    {
        var negative = tokens.Value == "-";
        Next();
        if (tokens.Kind != SqlToken.Number)
            throw new DumpValueException("a sign stands before something that is not a number");
        var text = tokens.Value;
        // The smallest integer has no positive counterpart.
        return Take(negative ? Number("-" + text) : Number(text))!;
    }

    private static object Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && long.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex))
            return hex;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        throw new DumpValueException($"“{Short(text)}” is not a number");
    }

    // \XXXX, \uXXXX, \+XXXXXX, \UXXXXXXXX and \\, as SQLite's unistr() reads them.
    private static string Unistr(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var mark = i + 1 < text.Length ? text[i + 1] : '\0';
            if (mark == '\\')
            {
                result.Append('\\');
                i++;
                continue;
            }

            var (skip, digits) = mark switch { 'u' => (2, 4), 'U' => (2, 8), '+' => (2, 6), _ => (1, 4) };
            if (i + skip + digits > text.Length || !int.TryParse(text.AsSpan(i + skip, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code is < 0 or > 0x10FFFF)
                throw new DumpValueException("unistr() has an escape that is none");
            if (code > 0xFFFF)
                result.Append(char.ConvertFromUtf32(code));
            else
                result.Append((char)code);
            i += skip + digits - 1;
        }

        return result.ToString();
    }

    private static string Words(object? value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        null => throw new DumpValueException("NULL is joined with something"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Short(string text) => text.Length <= 30 ? text : text[..30] + "…";

    private object? Take(object? value)
    {
        Next();
        return value;
    }

    private void Expect(char sign)
    {
        if (!tokens.Is(sign))
            throw new DumpValueException($"“{sign}” is missing before “{Short(tokens.Value)}”");
        Next();
    }

    private void Next() => tokens.Next();
}

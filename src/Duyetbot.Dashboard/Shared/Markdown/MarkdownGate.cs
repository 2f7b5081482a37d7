namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Decides which texts a Markdown parser may see: its time grows with the square of some marks, its stack with their nesting.</summary>
internal static class MarkdownGate
{
    private const int MaxCharacters = 150_000;
    private const int MaxBrackets = 2_000;
    private const int MaxEmphasis = 4_000;
    private const int MaxTicks = 4_000;
    private const int MaxPipes = 6_000;
    private const int MaxLines = 8_000;
    private const int MaxMarksBeforeText = 24;
    private const int MaxIndent = 160;

    /// <summary>False where the text is shown plain.</summary>
    public static bool IsOpen(string text)
    {
        if (text.Length > MaxCharacters)
            return false;
        int brackets = 0, emphasis = 0, ticks = 0, pipes = 0, lines = 0, marks = 0, indent = 0;
        var head = true;
        foreach (var character in text)
        {
            switch (character)
            {
                case '\n':
                    lines++;
                    (head, marks, indent) = (true, 0, 0);
                    continue;
                case '[' or ']' or '<' or '&' or '\\': brackets++; break;
                case '*' or '_' or '~': emphasis++; break;
                case '`': ticks++; break;
                case '|': pipes++; break;
            }

            if (head)
            {
                if (character is ' ' or '\t')
                    indent++;
                else if (character is '>' or '-' or '*' or '+' or '.' or ')' or '#' || char.IsAsciiDigit(character))
                    marks += character is '>' or '*' or '+' or '.' or ')' ? 1 : 0;
                else
                    head = false;
                if (marks > MaxMarksBeforeText && character is not ('*' or '.'))
                    return false;
                if (indent > MaxIndent || marks > 400)
                    return false;
            }
        }

        return brackets <= MaxBrackets && emphasis <= MaxEmphasis && ticks <= MaxTicks && pipes <= MaxPipes && lines <= MaxLines;
    }
}

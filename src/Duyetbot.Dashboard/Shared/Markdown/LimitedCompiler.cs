using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ColorCode;
using ColorCode.Compilation;

namespace Duyetbot.Dashboard.Shared.Markdown;

/// <summary>Gives the patterns of a language an end: on some short texts, JSON with quotes in the wrong places among them, the highlighter's own go on for ever.</summary>
internal sealed class LimitedCompiler : ILanguageCompiler
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(100);

    private readonly LanguageCompiler _compiler = new([], new ReaderWriterLockSlim());
    private readonly ConcurrentDictionary<string, CompiledLanguage> _limited = new(StringComparer.Ordinal);

    /// <summary>The language with patterns that throw a <see cref="RegexMatchTimeoutException"/> in the end.</summary>
    public CompiledLanguage Compile(ILanguage language) => _limited.GetOrAdd(language.Id, _ =>
    {
        var compiled = _compiler.Compile(language);
        return new CompiledLanguage(compiled.Id, compiled.Name, new Regex(compiled.Regex.ToString(), compiled.Regex.Options, MatchLimit), compiled.Captures);
    });
}

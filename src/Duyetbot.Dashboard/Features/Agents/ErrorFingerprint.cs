using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>A message without what differs from time to time: ids, times and numbers become #, addresses and quoted paths a word in angle brackets.</summary>
/// <remarks>
/// In this order: URLs, e-mail addresses, quoted paths, UUIDs, ULIDs, hexadecimal ids of six digits and more (with a figure and a letter), words of nine characters and more with three figures, moments, numbers.
/// Ids and numbers have one sign, because an id may happen to hold figures only. Figures inside a short word stay (D1_ERROR, utf8), for the word says what failed.
/// </remarks>
public static partial class ErrorFingerprint
{
    private const int MaxLength = 300;

    /// <summary>The fingerprint of a text: the same for two that differ in numbers and ids only; at most 300 characters, white space in one form.</summary>
    public static string Of(string text)
    {
        var plain = Space().Replace(Variable().Replace(text, Word), " ").Trim();
        return plain.Length <= MaxLength ? plain : plain[..MaxLength];
    }

    /// <summary>A short name of an agent's error group for addresses: twelve hexadecimal digits.</summary>
    public static string Key(string? agent, string fingerprint) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{agent}\n{fingerprint}")))[..12];

    private static string Word(Match match) => match switch
    {
        _ when match.Groups["url"].Success => "<url>",
        _ when match.Groups["mail"].Success => "<email>",
        _ when match.Groups["path"].Success => "<path>",
        _ when match.Groups["name"].Success => match.Value,
        _ => "#",
    };

    // One pass, first alternative first; a name with digits in it is matched so that its digits are passed over.
    [GeneratedRegex(
        """
        (?<url> \b [a-zA-Z][a-zA-Z0-9+.-]{0,20} :// [^\s"'<>)\]]+ )
        | (?<mail> (?<! [\w.+-] ) [\w.+-]{1,64} @ [\w-]{1,63} (?: \. [\w-]{1,63} ){1,8} )
        | (?<path> (?<! \w ) (?: " [^"\r\n/\\]{0,200} [/\\] [^"\r\n]{0,400} " | ' [^'\r\n/\\]{0,200} [/\\] [^'\r\n]{0,400} ' | ` [^`\r\n/\\]{0,200} [/\\] [^`\r\n]{0,400} ` ) (?! \w ) )
        | (?: (?<! [0-9a-zA-Z] ) [0-9a-fA-F]{8} - (?: [0-9a-fA-F]{4} - ){3} [0-9a-fA-F]{12} (?! [0-9a-zA-Z] )
          | (?<! [0-9a-zA-Z] ) 0 [xX] [0-9a-fA-F]+ \b
          | (?<! [0-9a-zA-Z] ) [0-7] [0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25} (?! [0-9a-zA-Z] )
          | (?<! [0-9a-zA-Z] ) (?= [0-9]* [a-fA-F] ) (?= [a-fA-F]* [0-9] ) [0-9a-fA-F]{6,} (?! [0-9a-zA-Z_] )
          | (?<! [0-9a-zA-Z_] ) (?= [0-9_]* [a-zA-Z] ) (?= (?: [a-zA-Z_]* [0-9] ){3} ) [0-9a-zA-Z_]{9,} (?! [0-9a-zA-Z_] ) )
        | (?: (?<! [0-9] ) [0-9]{4} - [0-9]{2} - [0-9]{2} (?: [T\ ] [0-9]{2} : [0-9]{2} (?: : [0-9]{2} (?: [.,] [0-9]+ )? )? (?: Z | [+-] [0-9]{2} :? [0-9]{2} )? )? (?! [0-9] )
          | (?<! [0-9:] ) [0-9]{1,2} : [0-9]{2} : [0-9]{2} (?: [.,] [0-9]+ )? (?! [0-9:] ) )
        | (?<name> [a-zA-Z_] [a-zA-Z0-9_]* )
        | [0-9]+ (?: [.,:] [0-9]+ )*
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

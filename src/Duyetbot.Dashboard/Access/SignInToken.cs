using System.Security.Cryptography;
using System.Text;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Access;

/// <summary>The shared sign-in token: of the configuration, else of a file beside the database, made at first use.</summary>
public sealed class SignInToken(IConfiguration configuration, DatabaseFile database)
{
    private const string Key = "Dashboard:Auth:Token";
    private readonly Lock _gate = new();
    private readonly TokenFile _file = new(database.FullPath + ".token");
    private string? _fromFile;

    /// <summary>Where the token is kept; null where the configuration holds it.</summary>
    public string? FilePath => Configured is null ? _file.Path : null;

    /// <summary>The token in force.</summary>
    /// <exception cref="IOException">The file can neither be read nor made.</exception>
    public string Current
    {
        get
        {
            if (Configured is { } configured)
                return configured;
            lock (_gate)
                return _fromFile ??= _file.ReadOrMake();
        }
    }

    private string? Configured => configuration[Key] is { Length: > 0 } token ? token.Trim() : null;

    /// <summary>Refuses a token that nobody could type.</summary>
    /// <exception cref="StartupException">It is blank or holds control characters.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (configuration[Key] is { Length: > 0 } token && (string.IsNullOrWhiteSpace(token) || token.Any(char.IsControl)))
            throw new StartupException($"{Key} is blank or holds control characters; leave it out for a random one, or take one of \"openssl rand -hex 32\".");
    }

    /// <summary>Whether a text is the token; takes equally long for every text.</summary>
    public bool Is(string? text) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text?.Trim() ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(Current)));

    /// <summary>Reads the file again where it was changed or taken away, so that a new token holds without a restart.</summary>
    internal void Refresh()
    {
        if (Configured is not null)
            return;
        lock (_gate)
        {
            if (_fromFile is not null && _file.HasChanged())
                _fromFile = _file.ReadOrMake();
        }
    }
}

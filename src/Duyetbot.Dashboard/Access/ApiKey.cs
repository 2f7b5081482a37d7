using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Duyetbot.Dashboard.Access;

/// <summary>An API key as it is kept: not the key itself, but its hash.</summary>
public sealed record ApiKey
{
    /// <summary>Its row; null for a key of the configuration.</summary>
    public long? Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of the key's text, as 64 hexadecimal digits in lower case. A key is 256 random bits, so that nothing slower is needed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What it may do, of <see cref="ApiScopes"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made, Unix ms; null for a key of the configuration.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>When it was last used, Unix ms, to the minute; null where it never was. For a key of the configuration: since the start.</summary>
    public long? LastUsedAt { get; init; }

    /// <summary>A new key's text: recognisable, then 256 random bits.</summary>
    public static string NewText() => "duyetbot_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash under which a key's text is kept.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads the keys of the configuration.</summary>
    /// <exception cref="StartupException">A key is incomplete or wrong; the message names it.</exception>
    public static IReadOnlyList<ApiKey> Read(IConfiguration configuration)
    {
        const string root = "Dashboard:Api:Keys";
        var keys = configuration.GetSection(root).GetChildren().Select(section =>
        {
            var at = $"{root}:{section.Key}";
            var name = section["Name"] is { Length: > 0 } named ? named : throw new StartupException($"{at}:Name is not set.");
            var hash = section["Sha256"]?.ToLowerInvariant() ?? "";
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
                throw new StartupException($"{at}:Sha256 is no SHA-256 in hexadecimal; it is what \"printf %s KEY | sha256sum\" prints.");
            var scopes = section.GetSection("Scopes").GetChildren().Select(s => s.Value ?? "").Distinct().ToList();
            if (scopes.Count == 0 || scopes.FirstOrDefault(s => ApiScopes.All.All(a => a.Name != s)) is not null)
                throw new StartupException($"{at}:Scopes is \"{string.Join(", ", scopes)}\"; it is a list of {string.Join(", ", ApiScopes.All.Select(a => a.Name))}, one at least.");
            return new ApiKey { Name = name, Sha256 = hash, Scopes = scopes };
        }).ToList();
        if (keys.GroupBy(k => k.Sha256).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new StartupException($"{root} holds one key twice, as {string.Join(" and ", twice.Select(k => k.Name))}.");
        return keys;
    }
}

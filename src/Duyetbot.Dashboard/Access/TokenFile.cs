using System.Buffers.Text;
using System.Security.Cryptography;

namespace Duyetbot.Dashboard.Access;

/// <summary>The file that holds the sign-in token; only its owner may read it.</summary>
internal sealed class TokenFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private DateTime _readAt;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The token in the file; a random one of 256 bits is written where there is none.</summary>
    public string ReadOrMake()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            Make();
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
            File.SetUnixFileMode(path, OwnerOnly);
        _readAt = File.GetLastWriteTimeUtc(path);
        var token = File.ReadAllText(path).Trim();
        if (token.Length > 0)
            return token;
        File.Delete(path);
        return ReadOrMake();
    }

    /// <summary>True where the file is another one than was read, or gone.</summary>
    public bool HasChanged() => File.GetLastWriteTimeUtc(path) != _readAt;

    private void Make()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
    }
}

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Where the sources are, seen from the built tests.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file for people to look at after a run; never committed.</summary>
    public static string Artifact(string folder, string name)
    {
        var path = Path.Combine(Root, "artifacts", folder);
        Directory.CreateDirectory(path);
        return Path.Combine(path, string.Join('-', name.Split(Path.GetInvalidFileNameChars())));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Duyetbot.Dashboard.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}

using System.Globalization;
using System.Reflection;

namespace Duyetbot.Dashboard.Data;

/// <summary>One numbered file of <c>migrations/</c>.</summary>
/// <param name="Name">The file's name, which is also its name in the journal.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record MigrationFile(string Name, string Sql)
{
    /// <summary>The number that the name begins with.</summary>
    public int Number => NumberOf(Name) ?? 0;

    /// <summary>The number that a journal's name begins with, or null when it begins with none.</summary>
    public static int? NumberOf(string name)
    {
        var digits = 0;
        while (digits < name.Length && char.IsAsciiDigit(name[digits]))
            digits++;
        return digits is > 0 and < 10 && digits < name.Length && name[digits] == '_'
            ? int.Parse(name.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }
}

/// <summary>One file of <c>migrations/views/</c>: the view's name and its definition.</summary>
internal sealed record ViewFile(string Name, string Sql);

/// <summary>The schema's history and its views, as this version knows them.</summary>
internal sealed record MigrationFiles(IReadOnlyList<MigrationFile> Migrations, IReadOnlyList<ViewFile> Views)
{
    private static readonly Lazy<MigrationFiles> FromAssembly = new(Read);

    /// <summary>The files that the application carries.</summary>
    public static MigrationFiles Embedded => FromAssembly.Value;

    /// <summary>The highest number: a database that names a higher one is newer than the application.</summary>
    public int Highest => Migrations.Count == 0 ? 0 : Migrations.Max(m => m.Number);

    private static MigrationFiles Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var migrations = new List<MigrationFile>();
        var views = new List<ViewFile>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith("migrations/", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd();
            if (resource.StartsWith("migrations/views/", StringComparison.Ordinal))
                views.Add(new ViewFile(Path.GetFileNameWithoutExtension(resource), sql));
            else
                migrations.Add(new MigrationFile(Path.GetFileName(resource), sql));
        }

        return new MigrationFiles(migrations, views);
    }
}

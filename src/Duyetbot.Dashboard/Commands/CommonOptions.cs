using System.CommandLine;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Commands;

/// <summary>The options that several commands share.</summary>
public static class CommonOptions
{
    /// <summary>The database file; the same setting as ConnectionStrings:Dashboard.</summary>
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "The database file; the same setting as ConnectionStrings:Dashboard.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>The addresses to serve on; the usual ASP.NET Core setting.</summary>
    public static readonly Option<string?> Urls = new("--urls")
    {
        Description = "The addresses to serve on, separated by semicolons. Default: http://localhost:5080.",
        HelpName = "URLS",
    };

    /// <summary>The configuration as the product reads it, with <c>--database</c> on top.</summary>
    public static IConfiguration Configuration(ParseResult result)
    {
        var builder = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables();
        return builder.AddInMemoryCollection(Overrides(result)).Build();
    }

    /// <summary>The settings that options on the command line override.</summary>
    public static Dictionary<string, string?> Overrides(ParseResult result)
    {
        var settings = new Dictionary<string, string?>();
        if (result.GetValue(Database) is { Length: > 0 } database)
            settings["ConnectionStrings:Dashboard"] = $"Data Source={database}";
        return settings;
    }

    /// <summary>The database file that a command works on.</summary>
    public static DatabaseFile DatabaseFile(ParseResult result) =>
        new(Configuration(result).GetConnectionString("Dashboard") ?? "Data Source=data/duyetbot.db");
}

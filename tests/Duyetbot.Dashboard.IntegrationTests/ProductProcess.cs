using System.Diagnostics;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.IntegrationTests;

/// <summary>The product in a process of its own, without sign-in.</summary>
internal static class ProductProcess
{
    /// <summary>How often a test kills the process at a random moment; KILL_ROUNDS=200 makes the long run.</summary>
    public static int KillRounds { get; } = int.TryParse(Environment.GetEnvironmentVariable("KILL_ROUNDS"), out var rounds) ? rounds : 4;

    /// <summary>Starts a command on a database; its output is read by the caller.</summary>
    public static Process Start(DatabaseFile file, params ReadOnlySpan<string> arguments) => Start(file, new Dictionary<string, string>(), arguments);

    /// <summary>The same with more in its environment.</summary>
    public static Process Start(DatabaseFile file, IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["Dashboard__Auth__Mode"] = "Unsecured" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in (ReadOnlySpan<string>)[typeof(Database).Assembly.Location, .. arguments, "--database", file.FullPath])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

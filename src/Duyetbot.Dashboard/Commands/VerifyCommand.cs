using System.CommandLine;
using System.Diagnostics;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>verify</c>: the file's own checks, then everything derived against its views, on a copy; the database itself is only read.</summary>
public static class VerifyCommand
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("verify", "Checks the file, the foreign keys, the full-text index and every sum against its view; writes nothing. Exit code 1 when something differs.");
        command.SetAction((result, token) => CommandHost.GuardAsync(() => VerifyAsync(result, new CommandOutput(), token)));
        return command;
    }

    private static async Task<int> VerifyAsync(ParseResult result, CommandOutput output, CancellationToken cancellationToken)
    {
        var file = CommonOptions.DatabaseFile(result);
        if (!File.Exists(file.FullPath))
            throw new CommandFailedException($"There is no database at {file.FullPath}.");
        var started = Stopwatch.GetTimestamp();
        var said = (Phase: "", At: started);
        output.Line($"Database  {file.FullPath}");
        var verifier = new DatabaseVerifier(file, DashboardHost.OnCopies(CommonOptions.Overrides(result)));
        var ok = await verifier.RunAsync(
            finding => output.Line($"{finding.Kind,-10}{finding.Text}"),
            (phase, left) =>
            {
                if (phase == said.Phase && Stopwatch.GetElapsedTime(said.At) < ProgressEvery)
                    return;
                said = (phase, Stopwatch.GetTimestamp());
                output.Line(left is null ? $"{phase}." : $"{phase}: {left:N0} keys to go");
            },
            cancellationToken);
        output.Line($"{(ok ? "All is well" : "Something differs")} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s).");
        return ok ? 0 : 1;
    }
}

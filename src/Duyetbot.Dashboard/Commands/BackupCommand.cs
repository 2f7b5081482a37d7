using System.CommandLine;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>backup</c>: a consistent copy of the database, also while it is served. It is restored by putting it in the database's place.</summary>
public static class BackupCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "Where the copy is to stand." };
    private static readonly Option<bool> Force = new("--force") { Description = "Replaces a file that is there already." };

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("backup", "Writes a consistent, checked copy of the database, also while it is served.") { Target, Force };
        command.SetAction((result, token) => CommandHost.GuardAsync(() => RunAsync(result, new CommandOutput(), token)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CommandOutput output, CancellationToken cancellationToken)
    {
        var file = CommonOptions.DatabaseFile(result);
        var target = Path.GetFullPath(result.GetValue(Target)!);
        Refuse(file, target, result.GetValue(Force));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var size = await Task.Run(() => DatabaseCopy.Write(file, target, cancellationToken), cancellationToken);
        output.Line($"Database  {file.FullPath}");
        output.Line($"Copy      {target} ({size:N0} bytes, integrity checked)");
        return 0;
    }

    private static void Refuse(DatabaseFile file, string target, bool force)
    {
        if (!File.Exists(file.FullPath))
            throw new CommandFailedException($"There is no database at {file.FullPath}.");
        // Over the live file, or over its log, a copy would destroy what it is to keep.
        if (target == file.FullPath || target == file.FullPath + "-wal" || target == file.FullPath + "-shm")
            throw new CommandFailedException($"{target} is the database itself. Name another file.");
        if (File.Exists(target) && !force)
            throw new CommandFailedException($"{target} is there already. Name another file, or add --force to replace it.");
    }
}

using System.CommandLine;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

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
        command.SetAction(result => Run(result, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Exit code 0 when the copy is on the disk and passes its check; 1 with one sentence on the error stream otherwise.</summary>
    public static int Run(ParseResult result, TextWriter output, TextWriter error)
    {
        try
        {
            var file = CommonOptions.DatabaseFile(result);
            var target = Path.GetFullPath(result.GetValue(Target)!);
            Refuse(file, target, result.GetValue(Force));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var size = DatabaseCopy.Write(file, target);
            output.WriteLine($"Database  {file.FullPath}");
            output.WriteLine($"Copy      {target} ({size:N0} bytes, integrity checked)");
            return 0;
        }
        catch (Exception e) when (e is CommandFailedException or DatabaseRefusedException or StartupException or IOException or UnauthorizedAccessException or ArgumentException or SqliteException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
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

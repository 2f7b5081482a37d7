using System.CommandLine;
using Duyetbot.Dashboard.Commands;

var root = new RootCommand("Watches the duyetbot at work: conversations, traces, tokens. Without a command it migrates the database and serves the dashboard.")
{
    CommonOptions.Database,
    CommonOptions.Urls,
};
root.Add(ServeCommand.Create());
root.Add(MigrateCommand.Create());
root.Add(DemoCommand.Create());
root.Add(ImportCommand.Create());
root.Add(BackupCommand.Create());
root.Add(VerifyCommand.Create());
root.Add(RebuildCommand.Create());
root.SetAction(ServeCommand.RunAsync);
return await root.Parse(args).InvokeAsync();

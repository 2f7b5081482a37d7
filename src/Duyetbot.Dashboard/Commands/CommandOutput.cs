using System.Diagnostics;
using Spectre.Console;

namespace Duyetbot.Dashboard.Commands;

/// <summary>What a command prints: a progress bar on a terminal, plain lines otherwise.</summary>
internal sealed class CommandOutput
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    /// <summary>Prints a line.</summary>
    public void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Runs long work and shows how far it is.</summary>
    /// <param name="label">What is counted.</param>
    /// <param name="total">How much there is in all; 0 when that is not known.</param>
    /// <param name="work">The work; it is given a function that takes how much is done.</param>
    public async Task<T> WithProgressAsync<T>(string label, long total, Func<Action<long>, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
            return await work(Lines(label, total));
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(label, maxValue: Math.Max(1, total));
                task.IsIndeterminate = total == 0;
                var result = await work(done => task.Value = done);
                task.Value = task.MaxValue;
                return result;
            });
    }

    private Action<long> Lines(string label, long total)
    {
        var last = Stopwatch.GetTimestamp();
        return done =>
        {
            if (Stopwatch.GetElapsedTime(last) < LineInterval)
                return;
            last = Stopwatch.GetTimestamp();
            Line(total > 0 ? $"{label}: {done:N0} of {total:N0}" : $"{label}: {done:N0}");
        };
    }
}

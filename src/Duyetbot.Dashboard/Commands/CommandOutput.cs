using System.Diagnostics;
using Duyetbot.Dashboard.Shared;
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

    /// <summary>Runs work of several phases and shows how far each is.</summary>
    /// <param name="read">The phase in words, how much of it is done and how much there is, from a report.</param>
    /// <param name="work">The work; it is given what it reports to.</param>
    public async Task<T> WithPhasesAsync<TProgress, T>(Func<TProgress, (string Phase, long Done, long Total)> read, Func<IProgress<TProgress>, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
        {
            var last = Stopwatch.GetTimestamp();
            return await work(new Relay<TProgress>(report =>
            {
                if (Stopwatch.GetElapsedTime(last) < LineInterval)
                    return;
                last = Stopwatch.GetTimestamp();
                var (phase, done, total) = read(report);
                Line(total > 0 ? $"{phase}: {100.0 * done / total:0} %" : phase);
            }));
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var tasks = new Dictionary<string, ProgressTask>();
                return work(new Relay<TProgress>(report =>
                {
                    var (phase, done, total) = read(report);
                    if (!tasks.TryGetValue(phase, out var task))
                        tasks[phase] = task = context.AddTask(phase);
                    task.IsIndeterminate = total == 0;
                    task.MaxValue = Math.Max(1, total);
                    task.Value = done;
                }));
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

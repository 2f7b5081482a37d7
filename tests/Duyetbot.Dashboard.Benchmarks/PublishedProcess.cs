using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>The product as it is deployed, in a process of its own: start to ready, and memory.</summary>
internal static class PublishedProcess
{
    private const int Starts = 5;

    /// <summary>Publishes, starts it several times on the same database, visits pages with the last one.</summary>
    public static async Task MeasureAsync(BenchDatabase database, ResultTable table)
    {
        var folder = Directory.CreateTempSubdirectory("duyetbot-bench-app-").FullName;
        try
        {
            if (await PublishAsync(folder))
                await StartAsync(database, table, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> PublishAsync(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Duyetbot.Dashboard.sln")))
            root = root.Parent;
        if (root is null)
        {
            Console.WriteLine("Not inside the repository: the published product is not measured.");
            return false;
        }

        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root.FullName, "src", "Duyetbot.Dashboard"), "-c", "Release", "--nologo", "-v", "quiet", "-o", folder]))!;
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0;
    }

    private static async Task StartAsync(BenchDatabase database, ResultTable table, string folder)
    {
        var times = new List<double>();
        for (var start = 0; start < Starts; start++)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort()}");
            using var client = new HttpClient { BaseAddress = address };
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "Duyetbot.Dashboard.dll"), "--database", database.File.FullPath, "--urls", address.ToString()]) { RedirectStandardOutput = true, Environment = { ["Dashboard__Auth__Mode"] = "Unsecured" } })!;
            try
            {
                while (!await IsReadyAsync(client) && watch.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
                    await Task.Delay(5);
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (start == Starts - 1)
                    await MeasureMemoryAsync(client, process, table);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        table.Add("start of the published product to ready", times, 800);
    }

    private static async Task MeasureMemoryAsync(HttpClient client, Process process, ResultTable table)
    {
        await Task.Delay(3_000);
        process.Refresh();
        table.AddMegabytes("memory: idle after start", process.WorkingSet64 / 1e6, 150);
        for (var visit = 0; visit < 200; visit++)
        {
            foreach (var path in new[] { "/", "/conversations", "/traces", "/usage" })
                _ = await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        }

        process.Refresh();
        table.AddMegabytes("memory: after 800 pages", process.WorkingSet64 / 1e6, 250);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

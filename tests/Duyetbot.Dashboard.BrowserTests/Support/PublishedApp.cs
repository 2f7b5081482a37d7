using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>The product as it is deployed: published to a folder of its own and started from the root of the disk.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("duyetbot-published-").FullName;
    private Process? _process;

    /// <summary>A client that decompresses nothing.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // --no-build: the tests were built against the same output a moment ago.
        await RunAsync("dotnet", Repository.Root, "publish", Path.Combine(Repository.Root, "src", "Duyetbot.Dashboard"), "-c", Configuration, "--no-build", "--nologo", "-o", Path.Combine(_folder, "app"));
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(_folder, "app", "Duyetbot.Dashboard.dll"), "--database", Path.Combine(_folder, "data", "app.db"), "--urls", address },
            WorkingDirectory = Path.GetPathRoot(_folder)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Dashboard__Auth__Mode"] = "Unsecured";
        _process = Process.Start(start)!;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        DataReceivedEventHandler listen = (_, e) =>
        {
            lock (said)
                said.Add(e.Data ?? "");
            if (e.Data?.StartsWith("Dashboard ", StringComparison.Ordinal) == true)
                started.TrySetResult();
        };
        _process.OutputDataReceived += listen;
        _process.ErrorDataReceived += listen;
        _process.Exited += (_, _) => started.TrySetException(new InvalidOperationException($"The published product ended at once: {string.Join('\n', said)}"));
        _process.EnableRaisingEvents = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(address) };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string file, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

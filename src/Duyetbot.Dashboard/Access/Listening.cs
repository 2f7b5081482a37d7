using System.Net;

namespace Duyetbot.Dashboard.Access;

/// <summary>Where the product listens, and the host names under which it answers.</summary>
/// <remarks>A name that nobody chose is refused, so that a foreign page cannot reach a dashboard on loopback by a name of its own (DNS rebinding).</remarks>
public sealed record Listening
{
    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The host names that a request may carry.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>The first address that others than this machine reach; null where there is none.</summary>
    public string? FirstRemote { get; init; }

    /// <summary>The first such address without HTTPS; null where there is none.</summary>
    public string? FirstRemotePlain { get; init; }

    /// <summary>Reads <c>Urls</c>, <c>Kestrel:Endpoints</c> and <c>AllowedHosts</c>.</summary>
    /// <exception cref="StartupException">An address is none, or it is reached from elsewhere and no host name is named.</exception>
    public static Listening Read(IConfiguration configuration, string urls)
    {
        // Endpoints of the server's own section win over Urls.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        var addresses = endpoints.Count > 0 ? endpoints : [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        var remote = addresses.Where(a => !IsLoopback(Parse(a))).ToList();
        var named = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(h => h != "*").ToList();
        if (remote.Count > 0 && named.Count == 0)
            throw new StartupException($"AllowedHosts names no host and Urls names {remote[0]}: say under which names the dashboard is reached, like \"dashboard.example.com;localhost\".");
        return new Listening
        {
            AllowedHosts = named.Count > 0 ? named : [.. LoopbackHosts.Union(addresses.Select(a => Parse(a).Host))],
            FirstRemote = remote.FirstOrDefault(),
            FirstRemotePlain = remote.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>The address as a person reaches it: a name instead of "every interface".</summary>
    public string Reachable(string address)
    {
        var uri = new UriBuilder(address.Replace("//+", "//0.0.0.0", StringComparison.Ordinal).Replace("//*", "//0.0.0.0", StringComparison.Ordinal));
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            uri.Host = AllowedHosts.FirstOrDefault(h => !h.Contains('*')) ?? "localhost";
        return uri.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new StartupException($"Urls names \"{url}\", which is no address; it reads like \"http://localhost:5080\".");
        }
    }

    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe
        || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}

using System.Text.RegularExpressions;

namespace Duyetbot.Dashboard.Shared.Api;

/// <summary>An operation with its address.</summary>
/// <param name="Method">GET, PUT, PATCH, POST or DELETE.</param>
/// <param name="Path">The address, ids in braces.</param>
/// <param name="Operation">What it takes and answers.</param>
public sealed record ApiEntry(string Method, string Path, ApiOperation Operation)
{
    /// <summary>Its name in the document.</summary>
    public string Id => ApiListing.IdOf(Method, Path);
}

/// <summary>Every operation that the running product serves.</summary>
public static partial class ApiListing
{
    /// <summary>The operations in the order in which they are mapped, by the thing that they are about.</summary>
    public static IReadOnlyList<IGrouping<string, ApiEntry>> From(IEnumerable<Endpoint> endpoints) =>
    [
        .. endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => new ApiEntry(m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<ApiOperation>()!)))
            .GroupBy(e => GroupOf(e.Path)),
    ];

    /// <summary>The thing that an address is about: its first word after the version.</summary>
    public static string GroupOf(string path) => path.Split('/') is [_, _, _, var first, ..] ? first.Split('.')[0] : path;

    /// <summary>The names of the ids in an address.</summary>
    public static IEnumerable<string> IdsIn(string path) => Braces().Matches(path).Select(m => m.Groups[1].Value);

    /// <summary>A name for an operation, unique and safe in an address.</summary>
    public static string IdOf(string method, string path) =>
        method.ToLowerInvariant() + "_" + NoWord().Replace(path.Replace("/api/v1/", "", StringComparison.Ordinal), "_").Trim('_');

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoWord();
}

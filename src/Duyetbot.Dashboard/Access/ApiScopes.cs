namespace Duyetbot.Dashboard.Access;

/// <summary>What an API key may do; none includes another.</summary>
public static class ApiScopes
{
    /// <summary>GET of everything.</summary>
    public const string Read = "read";

    /// <summary>POST of events and messages.</summary>
    public const string Ingest = "ingest";

    /// <summary>PATCH, PUT and DELETE, and any other POST.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope with what it allows, in words.</summary>
    public static readonly IReadOnlyList<(string Name, string Allows)> All =
        [(Read, "reads everything"), (Ingest, "adds events and messages"), (Admin, "changes and deletes")];

    /// <summary>The scope that a request to the API needs.</summary>
    internal static string Of(HttpRequest request) => Of(request.Method, request.Path);

    /// <inheritdoc cref="Of(HttpRequest)"/>
    internal static string Of(string method, PathString path) =>
        AccessPaths.IsIngest(path) ? Ingest
        : HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? Read
        : Admin;
}

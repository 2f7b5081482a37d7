namespace Duyetbot.Dashboard.Access;

/// <summary>The addresses of the door, and what kind of door an address has.</summary>
internal static class AccessPaths
{
    public const string Login = "/login";
    public const string LoginStart = "/login/start";
    public const string Logout = "/logout";
    public const string ProviderCallback = "/login/callback";
    public const string Hub = "/_blazor";
    private const string Ingest = "/api/v1/ingest";

    /// <summary>True where scripts come in: answered with problem details, never with the sign-in page.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi");

    /// <summary>True for the API's own description, which a key of any scope reads.</summary>
    public static bool IsDescription(PathString path) => path.StartsWithSegments("/openapi");

    /// <summary>True where a key is needed and a cookie does not help.</summary>
    public static bool IsIngest(PathString path) => path.StartsWithSegments(Ingest);

    /// <summary>True for what the circuits travel on.</summary>
    public static bool IsHub(PathString path) => path.StartsWithSegments(Hub);

    /// <summary>True where an antiforgery token is asked for in any case.</summary>
    public static bool ChecksItsForm(PathString path) => path == Login || path == Logout;

    /// <summary>The sign-in page that leads back to an address.</summary>
    public static string LoginFor(string returnUrl, string? reason = null) =>
        Shared.Urls.With(Login, [new("returnUrl", returnUrl == "/" ? null : returnUrl), new("reason", reason)]);
}

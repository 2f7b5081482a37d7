namespace Duyetbot.Dashboard.Access;

/// <summary>The ways in which a request says who it is.</summary>
internal static class AccessSchemes
{
    /// <summary>Chooses one of the others.</summary>
    public const string Any = "Any";

    /// <summary>A person, by the cookie of a sign-in.</summary>
    public const string Person = "Person";

    /// <summary>A person who needs none, because the mode is Unsecured.</summary>
    public const string Unsecured = "Unsecured";

    /// <summary>A script, by its API key.</summary>
    public const string Key = "Key";

    /// <summary>The OpenID Connect provider; only ever asked by the sign-in page.</summary>
    public const string Provider = "Provider";

    /// <summary>The scheme of a request: a key counts under the API only, a cookie everywhere but at the ingest.</summary>
    public static string Of(HttpContext context, AuthMode mode)
    {
        if (AccessPaths.IsApi(context.Request.Path) && KeyHandler.KeyOf(context.Request) is not null)
            return Key;
        if (mode == AuthMode.Unsecured)
            return Unsecured;
        return AccessPaths.IsIngest(context.Request.Path) ? Key : Person;
    }
}

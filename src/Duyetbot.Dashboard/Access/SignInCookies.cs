using Microsoft.AspNetCore.Authentication.Cookies;

namespace Duyetbot.Dashboard.Access;

/// <summary>Names the cookie: <c>__Host-</c> over HTTPS, so that no other host can set it; with the port without, because cookies of one host reach all its ports.</summary>
internal sealed class SignInCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, NameOf(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => _inner.AppendResponseCookie(context, NameOf(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : $"{key}-{context.Request.Host.Port ?? 80}";
}

using System.Globalization;
using System.Security.Claims;

namespace Duyetbot.Dashboard.Access;

/// <summary>One person's sign-in on one browser, as the cookie carries it.</summary>
/// <param name="Id">Random; names it when it ends.</param>
/// <param name="Stamp">What was in force when it was made, see <see cref="AccessOptions.Stamp"/>.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="Name">Who it is, as the provider says; null with a token.</param>
public sealed record SignIn(string Id, string Stamp, DateTimeOffset ExpiresAt, string? Name)
{
    private const string IdClaim = "sid";
    private const string StampClaim = "stamp";
    private const string ExpiresClaim = "exp";
    private const string NameClaim = "name";

    /// <summary>Reads it; null where the principal is none of ours.</summary>
    public static SignIn? Of(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(IdClaim) is { } id && principal.FindFirstValue(StampClaim) is { } stamp
            && long.TryParse(principal.FindFirstValue(ExpiresClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            ? new SignIn(id, stamp, DateTimeOffset.FromUnixTimeMilliseconds(expires), principal.FindFirstValue(NameClaim))
            : null;

    /// <summary>It as a principal of the cookie's scheme.</summary>
    public ClaimsPrincipal ToPrincipal()
    {
        List<Claim> claims = [new(IdClaim, Id), new(StampClaim, Stamp), new(ExpiresClaim, ExpiresAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))];
        if (Name is not null)
            claims.Add(new(NameClaim, Name));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, AccessSchemes.Person, NameClaim, null));
    }
}

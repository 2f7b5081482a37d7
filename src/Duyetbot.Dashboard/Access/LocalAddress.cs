namespace Duyetbot.Dashboard.Access;

/// <summary>Where a person goes after signing in: an address of this dashboard, whatever the link says.</summary>
internal static class LocalAddress
{
    /// <summary>The address where it is a path of ours, else the overview.</summary>
    public static string Of(string? address) =>
        address is ['/', ..] && !(address.Length > 1 && address[1] is '/' or '\\') && !address.Any(char.IsControl) && address.Length <= 4_000 && !IsLogin(address) ? address : "/";

    private static bool IsLogin(string address) => address.Split('?', '#')[0].TrimEnd('/') is AccessPaths.Login or AccessPaths.LoginStart or AccessPaths.Logout;
}

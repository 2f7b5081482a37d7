namespace Duyetbot.Dashboard.Access;

/// <summary>What the sign-in page says.</summary>
/// <param name="Mode">How people sign in.</param>
/// <param name="ReturnUrl">Where they go afterwards; an address of ours.</param>
/// <param name="Reason">Why the page is shown: out, ended, token, form, denied, failed; anything else says nothing.</param>
public sealed record LoginModel(AuthMode Mode, string ReturnUrl, string? Reason)
{
    /// <summary>How long this address has to wait after too many wrong tokens; null where it may try.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The form's antiforgery token.</summary>
    public string? FormToken { get; init; }

    /// <summary>The provider's host; null with a token.</summary>
    public string? Provider { get; init; }

    /// <summary>Where the browser goes at once, so that a token leaves the address bar and a strict cookie is sent; null where it stays.</summary>
    public string? Next { get; init; }

    /// <summary>The sentence above the form; null for none.</summary>
    public string? Notice => Wait is { } wait
        ? $"Too many wrong tokens came from this address. Try again in {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s."
        : Reason switch
        {
            "out" => "You are signed out.",
            "ended" => "Your sign-in has ended. Sign in again to go on where you were.",
            "token" => "This is not the token. It may have changed since the link was printed.",
            "form" => "This form was too old. Please try again.",
            "denied" => "You are signed in there, but not allowed in here.",
            "failed" => "The sign-in did not work out. Please try again.",
            _ => null,
        };

    /// <summary>True where the sentence tells of something wrong.</summary>
    public bool IsProblem => Wait is not null || Reason is "token" or "form" or "denied" or "failed";
}

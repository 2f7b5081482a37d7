using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Duyetbot.Dashboard.Access;

/// <summary>Takes everybody for a person who has signed in: for the mode Unsecured only.</summary>
internal sealed class UnsecuredHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private static readonly ClaimsPrincipal Everybody = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "everybody")], AccessSchemes.Unsecured));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Everybody, Scheme.Name)));
}

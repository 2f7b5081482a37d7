using Microsoft.AspNetCore.Authorization;

namespace Duyetbot.Dashboard.Access;

/// <summary>What every endpoint asks for that is not open to everybody: a person, or at the API a key with the scope.</summary>
internal sealed class AccessRequirement : IAuthorizationRequirement;

/// <summary>Says whether a request meets the <see cref="AccessRequirement"/>.</summary>
internal sealed class AccessRequirementHandler : AuthorizationHandler<AccessRequirement, HttpContext>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement, HttpContext resource)
    {
        var isMet = context.User.Identity switch
        {
            { IsAuthenticated: true, AuthenticationType: AccessSchemes.Key } =>
                AccessPaths.IsDescription(resource.Request.Path)
                || (AccessPaths.IsApi(resource.Request.Path) && context.User.HasClaim(KeyHandler.ScopeClaim, ApiScopes.Of(resource.Request))),
            { IsAuthenticated: true, AuthenticationType: AccessSchemes.Person } => !AccessPaths.IsIngest(resource.Request.Path),
            { IsAuthenticated: true, AuthenticationType: AccessSchemes.Unsecured } => true,
            _ => false,
        };
        if (isMet)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

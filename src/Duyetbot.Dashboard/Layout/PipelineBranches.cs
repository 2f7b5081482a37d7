namespace Duyetbot.Dashboard.Layout;

/// <summary>Splits the pipeline by request and joins it again.</summary>
internal static class PipelineBranches
{
    /// <summary>Like the framework's UseWhen, with a second branch for the other requests.</summary>
    public static void UseWhen(this IApplicationBuilder app, Func<HttpContext, bool> predicate, Action<IApplicationBuilder> then, Action<IApplicationBuilder> otherwise)
    {
        app.UseWhen(predicate, then);
        app.UseWhen(c => !predicate(c), otherwise);
    }
}

namespace Duyetbot.Dashboard.Access;

/// <summary>Cuts a circuit's connection when the sign-in that opened it ends. The page itself goes to the sign-in page a moment earlier, see <see cref="SignInGuard"/>.</summary>
internal sealed partial class CircuitConnections(RequestDelegate next, SignIns signIns, TimeProvider time, ILogger<CircuitConnections> logger)
{
    /// <summary>What a page has to leave by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!AccessPaths.IsHub(context.Request.Path) || SignIn.Of(context.User) is not { } signIn)
        {
            await next(context);
            return;
        }

        var open = true;
        using var watch = signIns.OnEnd(signIn, byPerson => _ = CutAsync());
        try
        {
            await next(context);
        }
        finally
        {
            Volatile.Write(ref open, false);
        }

        async Task CutAsync()
        {
            await Task.Delay(Grace, time);
            if (!Volatile.Read(ref open))
                return;
            LogCut(logger);
            context.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A circuit's connection was cut: its sign-in ended.")]
    private static partial void LogCut(ILogger logger);
}

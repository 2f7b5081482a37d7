using System.Runtime.Loader;

/// <summary>Runs before the product's Main where <c>DOTNET_STARTUP_HOOKS</c> names this assembly: lets it find what this assembly needs.</summary>
internal static class StartupHook
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
}

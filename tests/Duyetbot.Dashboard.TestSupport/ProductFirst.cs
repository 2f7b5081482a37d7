using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.TestSupport;

/// <summary>Lets the product set SQLite up before a test opens a connection by itself.</summary>
internal static class ProductFirst
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Only tests load this.")]
    internal static void LoadProduct() => RuntimeHelpers.RunModuleConstructor(typeof(Database).Module.ModuleHandle);
}

using Microsoft.JSInterop;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The one script module of a page. What it adds is convenience: a page without it still works, so its failures are swallowed.</summary>
/// <param name="script">The page's script runtime.</param>
/// <param name="path">The module's address below the base, as the asset map gives it.</param>
public sealed class PageScript(IJSRuntime script, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Calls a function of the module, which is loaded by the first call.</summary>
    public async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./" + path);
            await _module.InvokeVoidAsync(function, arguments);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
        {
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
    }
}

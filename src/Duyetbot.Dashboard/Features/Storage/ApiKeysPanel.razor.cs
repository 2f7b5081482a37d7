using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>The API keys, with a form for a new one.</summary>
public sealed partial class ApiKeysPanel
{
    private readonly HashSet<string> _scopes = [ApiScopes.Read];
    private string _name = "";
    private (string Name, string Text)? _made;
    private long? _asking;
    private string? _failure;
    private bool _isBusy;

    /// <summary>The keys.</summary>
    [Parameter, EditorRequired]
    public Loader<IReadOnlyList<ApiKey>> Loader { get; set; } = null!;

    /// <summary>The zone of the times.</summary>
    [Parameter, EditorRequired]
    public DateTimeZone Zone { get; set; } = null!;

    /// <summary>The moment that "ago" counts from.</summary>
    [Parameter, EditorRequired]
    public Instant Now { get; set; }

    /// <summary>Makes a key of that name and those scopes and returns its text.</summary>
    [Parameter, EditorRequired]
    public Func<string, IReadOnlyCollection<string>, Task<string>> OnCreate { get; set; } = null!;

    /// <summary>Revokes the key with that id.</summary>
    [Parameter, EditorRequired]
    public Func<long, Task> OnRevoke { get; set; } = null!;

    // What happened after the page was opened happened now.
    private string Ago(long unixMs) => Formats.Ago(unixMs, Zone, Instant.Max(Now, Instant.FromUnixTimeMilliseconds(unixMs)));

    private void Choose(string scope, bool chosen)
    {
        if (chosen)
            _scopes.Add(scope);
        else
            _scopes.Remove(scope);
    }

    private Task CreateAsync() => TryAsync(async () =>
    {
        var name = _name.Trim();
        _made = (name, await OnCreate(name, [.. _scopes]));
        _name = "";
        _scopes.Clear();
        _scopes.Add(ApiScopes.Read);
    });

    private Task RevokeAsync(ApiKey key) => TryAsync(async () =>
    {
        await OnRevoke(key.Id!.Value);
        _asking = null;
        if (_made?.Name == key.Name)
            _made = null;
    });

    private async Task TryAsync(Func<Task> work)
    {
        (_isBusy, _failure) = (true, null);
        try
        {
            await work();
        }
        catch (InvalidParameterException e)
        {
            _failure = $"The {e.Parameter} {e.Problem}";
        }
        catch (DatabaseBusyException e)
        {
            _failure = e.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>A page whose state is its URL: reads it, asks each of its questions once per change, cancels what is no longer wanted.</summary>
public abstract class DashboardPage : ComponentBase, IDisposable
{
    private readonly List<Loader> _loaders = [];
    private Loader? _first;
    private PersistingComponentStateSubscription _persisting;
    private string _path = "";
    private bool _started;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected DashboardOptions Options { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Inject]
    private PersistentComponentState PersistentState { get; set; } = null!;

    [Inject]
    private PrerenderHandoff Handoff { get; set; } = null!;

    /// <summary>The range and zone in force.</summary>
    protected TimeRange Range { get; private set; } = new();

    /// <summary>The moment at which the URL was last read; relative times count from it.</summary>
    protected Instant Now { get; private set; }

    /// <summary>What is wrong with the URL, or null.</summary>
    protected InvalidParameterException? UrlProblem { get; private set; }

    /// <summary>Path and query of the current address.</summary>
    protected string Address => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    /// <summary>True where the one thing that the address names does not exist; the page says so, and the answer's status is 404.</summary>
    protected virtual bool IsMissing => false;

    /// <summary>Reads the page's own parameters; the shared range and zone are read already.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    protected virtual void ReadState(QueryReader reader)
    {
    }

    /// <summary>Declares a question, once, in <see cref="ComponentBase.OnInitialized"/>; it is asked when the key changes.</summary>
    /// <param name="name">A name unique on the page.</param>
    /// <param name="key">What the answer depends on; compared by value.</param>
    /// <param name="ask">Asks; null means that there is nothing.</param>
    protected Loader<T> Ask<T>(string name, Func<object?> key, Func<CancellationToken, Task<T?>> ask)
        where T : class
    {
        var loader = new Loader<T>(name, key, ask, () => InvokeAsync(StateHasChanged));
        _loaders.Add(loader);
        return loader;
    }

    /// <summary>Declares the question that is answered before any other is asked: what the database holds, so that what comes meanwhile counts as new.</summary>
    /// <inheritdoc cref="Ask{T}"/>
    protected Loader<T> AskFirst<T>(string name, Func<object?> key, Func<CancellationToken, Task<T?>> ask)
        where T : class
    {
        var loader = Ask(name, key, ask);
        _first = loader;
        return loader;
    }

    /// <summary>Asks every question again, at this moment, for what came since; what is shown stays until the answers are there.</summary>
    protected async Task AskAgainAsync()
    {
        if (!ReadUrl())
            return;
        await AnsweredAsync(_first?.AskAgainAsync());
        await Task.WhenAll(_loaders.Where(l => l != _first).Select(l => l.AskAgainAsync()));
    }

    /// <summary>Brings <see cref="Now"/> and <see cref="Range"/> to this moment, for questions that are asked behind what is shown.</summary>
    protected void ReadClock() => ReadUrl();

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        _path = PathOf(Navigation.Uri);
        if (!_started)
        {
            _started = true;
            Navigation.LocationChanged += OnLocationChanged;
            _persisting = PersistentState.RegisterOnPersisting(PersistAsync);
            if (ReadUrl() && RendererInfo.IsInteractive)
            {
                foreach (var loader in _loaders)
                {
                    PersistentState.TryTakeFromJson<string>(StateKey(loader), out var ticket);
                    loader.TryTakeFrom(Handoff, ticket);
                }
            }

            await RefreshLoadersAsync();
            if (Http is { Response.HasStarted: false } && UrlProblem is null && IsMissing)
                AnswerNotFound(Http.Response);
            return;
        }

        ReadUrl();
        await RefreshLoadersAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops what is still under way.</summary>
    protected virtual void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _persisting.Dispose();
        foreach (var loader in _loaders)
            loader.Cancel();
    }

    // At the last moment: the framework leaves out a page whose status says 404 while it renders.
    private static void AnswerNotFound(HttpResponse response) => response.OnStarting(
        static state =>
        {
            ((HttpResponse)state).StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        },
        response);

    private static string PathOf(string uri) => new Uri(uri).AbsolutePath;

    private string StateKey(Loader loader) => $"{GetType().Name}.{loader.Name}";

    private bool ReadUrl()
    {
        Now = Time.GetInstant();
        try
        {
            var reader = QueryReader.FromUri(Navigation.Uri);
            Range = TimeRange.Read(reader, Options.TimeZone, Now);
            ReadState(reader);
            reader.RejectUnknown();
            UrlProblem = null;
            return true;
        }
        catch (InvalidParameterException e)
        {
            UrlProblem = e;
            return false;
        }
    }

    private async Task RefreshLoadersAsync()
    {
        if (UrlProblem is not null)
            return;
        await AnsweredAsync(_first?.RefreshAsync());
        await Task.WhenAll(_loaders.Where(l => l != _first).Select(l => l.RefreshAsync()));
    }

    // What that question has seen lies before the moment at which the figures end.
    private async Task AnsweredAsync(Task? first)
    {
        if (first is null or { IsCompleted: true })
            return;
        await first;
        Now = Time.GetInstant();
    }

    private Task PersistAsync()
    {
        foreach (var loader in _loaders)
        {
            if (loader.PutInto(Handoff) is { } ticket)
                PersistentState.PersistAsJson(StateKey(loader), ticket);
        }

        return Task.CompletedTask;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (PathOf(e.Location) != _path)
            return;
        _ = InvokeAsync(async () =>
        {
            ReadUrl();
            StateHasChanged();
            await RefreshLoadersAsync();
        });
    }
}

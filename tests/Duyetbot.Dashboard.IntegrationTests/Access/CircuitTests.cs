using System.Net;
using System.Net.WebSockets;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

/// <summary>No circuit for a stranger or from another site, and none after its sign-in.</summary>
public sealed class CircuitTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task Circuit_OfAStranger_IsRefused()
    {
        await using var server = await Visitor.ServeAsync(_database.File);
        using var stranger = new Visitor(server);

        Assert.Null(await stranger.ConnectAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync("POST", "/_blazor/negotiate?negotiateVersion=1")).StatusCode);
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("Unsecured")]
    public async Task Circuit_FromAnotherSite_IsRefused(string mode)
    {
        await using var server = await Visitor.ServeAsync(_database.File, ("Dashboard:Auth:Mode", mode));
        using var visitor = new Visitor(server);
        if (mode == "Token")
            await visitor.SignInAsync(server);

        Assert.Null(await visitor.ConnectAsync("https://evil.example"));
        Assert.Null(await visitor.ConnectAsync($"http://127.0.0.1:{server.Address.Port + 1}"));
        Assert.Null(await visitor.ConnectAsync("null"));
        using var own = await visitor.ConnectAsync(server.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal(WebSocketState.Open, own?.State);
    }

    [Fact]
    public async Task Circuit_WhoseSignInEnds_IsCutAndNoOther()
    {
        await using var server = await Visitor.ServeAsync(_database.File);
        using var leaving = new Visitor(server);
        using var staying = new Visitor(server);
        await leaving.SignInAsync(server);
        await staying.SignInAsync(server);
        using var gone = (await leaving.ConnectAsync())!;
        using var kept = (await staying.ConnectAsync())!;

        (await leaving.SignOutAsync()).Dispose();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var otherClosed = Visitor.ClosedAsync(kept, end.Token);
        await Visitor.ClosedAsync(gone, TestContext.Current.CancellationToken).WaitAsync(Long, TestContext.Current.CancellationToken);

        Assert.False(otherClosed.IsCompleted);
        Assert.Null(await leaving.ConnectAsync());
        await end.CancelAsync();
    }

    [Fact]
    public async Task Circuit_WhoseSignInExpires_IsCut()
    {
        await using var server = await Visitor.ServeAsync(_database.File, ("Dashboard:Auth:Lifetime", "00:00:03"));
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);
        using var socket = (await visitor.ConnectAsync())!;

        await Visitor.ClosedAsync(socket, TestContext.Current.CancellationToken).WaitAsync(Long, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Circuit_WhenTheTokenChanges_IsCut()
    {
        await using var server = await Visitor.ServeAsync(_database.File);
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);
        using var socket = (await visitor.ConnectAsync())!;

        File.Delete(server.Services.GetRequiredService<SignInToken>().FilePath!);

        await Visitor.ClosedAsync(socket, TestContext.Current.CancellationToken).WaitAsync(Long, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _database.Dispose();
}

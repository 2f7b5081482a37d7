using System.Net;
using Dapper;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Access;

public sealed class ApiKeyTests(Door door) : IClassFixture<Door>
{
    private readonly string _name = Guid.NewGuid().ToString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What is past the door is not found: there is no such price.
    [Theory]
    [InlineData("read", "GET", "/api/v1/pricing", 200)]
    [InlineData("read", "DELETE", "/api/v1/pricing/1", 403)]
    [InlineData("read", "POST", "/api/v1/ingest/events", 403)]
    [InlineData("admin", "DELETE", "/api/v1/pricing/1", 404)]
    [InlineData("admin", "GET", "/api/v1/pricing", 403)]
    [InlineData("admin", "POST", "/api/v1/ingest/events", 403)]
    [InlineData("ingest", "GET", "/api/v1/pricing", 403)]
    [InlineData("ingest", "PUT", "/api/v1/pricing", 403)]
    [InlineData("read", "GET", "/openapi/v1.json", 200)]
    [InlineData("ingest", "GET", "/openapi/v1.json", 200)]
    [InlineData("admin", "GET", "/openapi/v1.json", 200)]
    [InlineData("read", "GET", "/data", 302)]
    [InlineData("read,ingest,admin", "GET", "/", 302)]
    public async Task Key_WithScopes_OpensWhatTheyName(string scopes, string method, string path, int status)
    {
        var server = door.Server;
        var key = await server.Services.GetRequiredService<ApiKeys>().CreateAsync(_name, scopes.Split(','), Token);
        using var script = new Visitor(server);

        using var bearer = await script.SendAsync(method, path, ("Authorization", $"Bearer {key}"));
        using var header = await script.SendAsync(method, path, ("X-Api-Key", key));

        Assert.Equal(status, (int)bearer.StatusCode);
        Assert.Equal(status, (int)header.StatusCode);
        if (status == 403)
            Assert.Contains("lacks the scope", await bearer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ForTheIngest_PassesTheDoor()
    {
        var server = door.Server;
        var key = await server.Services.GetRequiredService<ApiKeys>().CreateAsync(_name, ["ingest"], Token);
        using var script = new Visitor(server);

        using var answer = await script.SendAsync("POST", "/api/v1/ingest/events", ("X-Api-Key", key));

        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedAtOnce()
    {
        var server = door.Server;
        var keys = server.Services.GetRequiredService<ApiKeys>();
        var text = await keys.CreateAsync(_name, ["read"], Token);
        using var script = new Visitor(server);
        Assert.Equal(HttpStatusCode.OK, (await script.SendAsync("GET", "/api/v1/pricing", ("X-Api-Key", text))).StatusCode);

        Assert.True(await keys.RevokeAsync((await keys.ListAsync(Token)).Single(k => k.Name == _name).Id!.Value, Token));

        using var answer = await script.SendAsync("GET", "/api/v1/pricing", ("X-Api-Key", text));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("revoked", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WrongBesideACookie_IsRefused()
    {
        var server = door.Server;
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(server);

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SendAsync("GET", "/api/v1/pricing", ("X-Api-Key", "duyetbot_wrong"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v1/pricing")).StatusCode);
    }

    [Fact]
    public async Task Key_InTheDatabase_IsAHashOnly()
    {
        var server = door.Server;
        var text = await server.Services.GetRequiredService<ApiKeys>().CreateAsync(_name, ["read", "admin"], Token);

        var row = door.Database.Connection.QuerySingle<(string Name, string Sha256, string Scopes)>("SELECT name, sha256, scopes FROM api_keys WHERE name = @_name", new { _name });

        Assert.Equal((_name, ApiKey.HashOf(text), "read admin"), row);
        Assert.DoesNotContain(text, row.Sha256, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_OfAKey_IsShownAtOnceAndWrittenLater()
    {
        var server = door.Server;
        var keys = server.Services.GetRequiredService<ApiKeys>();
        var text = await keys.CreateAsync(_name, ["read"], Token);
        Assert.Null((await keys.ListAsync(Token)).Single(k => k.Name == _name).LastUsedAt);
        using var script = new Visitor(server);

        (await script.SendAsync("GET", "/api/v1/pricing", ("X-Api-Key", text))).Dispose();

        Assert.NotNull((await keys.ListAsync(Token)).Single(k => k.Name == _name).LastUsedAt);
        Assert.Null(door.Database.Connection.ExecuteScalar<long?>("SELECT last_used_at FROM api_keys WHERE name = @_name", new { _name }));
        await keys.WriteUsesAsync(Token);
        Assert.NotNull(door.Database.Connection.ExecuteScalar<long?>("SELECT last_used_at FROM api_keys WHERE name = @_name", new { _name }));
    }

    [Fact]
    public async Task Key_OfTheConfiguration_Works()
    {
        using var database = new TestDatabase();
        await using var server = await Visitor.ServeAsync(
            database.File,
            ("Dashboard:Api:Keys:0:Name", "reports"), ("Dashboard:Api:Keys:0:Sha256", ApiKey.HashOf("secret").ToUpperInvariant()), ("Dashboard:Api:Keys:0:Scopes:0", "read"));
        using var script = new Visitor(server);

        Assert.Equal(HttpStatusCode.OK, (await script.SendAsync("GET", "/api/v1/pricing", ("Authorization", "Bearer secret"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await script.SendAsync("DELETE", "/api/v1/pricing/1", ("Authorization", "Bearer secret"))).StatusCode);
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData("test", "")]
    [InlineData("test", "root")]
    [InlineData("taken", "read")]
    public async Task Key_ThatIsWrong_IsRefusedWithTheReason(string name, string scopes)
    {
        var server = door.Server;
        var keys = server.Services.GetRequiredService<ApiKeys>();
        if (name == "taken")
            await keys.CreateAsync(name += _name, ["read"], Token);

        await Assert.ThrowsAsync<InvalidParameterException>(() => keys.CreateAsync(name, scopes.Split(',', StringSplitOptions.RemoveEmptyEntries), Token));
    }
}

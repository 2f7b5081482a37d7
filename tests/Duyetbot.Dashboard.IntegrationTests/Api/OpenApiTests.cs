using System.Net;
using System.Text;
using System.Text.Json;
using Duyetbot.Dashboard.IntegrationTests.Fuzz;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Duyetbot.Dashboard.IntegrationTests.Api;

/// <summary>The OpenAPI document says what the endpoints do: every endpoint, every parameter that is read, every member that is answered, both ways.</summary>
public sealed class OpenApiTests(DescribedProduct product) : IClassFixture<DescribedProduct>
{
    private const string Takes = "which takes ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Document_ReadByTheSpecificationsOwnLibrary_HasNothingWrong()
    {
        var read = OpenApiDocument.Parse(product.Document.GetRawText(), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(["api_key", "bearer", "cookie"], read.Document!.Components!.SecuritySchemes!.Keys.Order());
    }

    [Fact]
    public void Document_AndTheEndpoints_NameEachOther() => Assert.Equal(Served(product.Server), product.Operations.Select(o => o.ToString()).Order());

    [Fact]
    public async Task Document_WithAnEndpointThatSaysNothing_IsMissedByTheComparison()
    {
        using var database = new TestDatabase();
        await using var server = await TestServer.StartAsync(database.File, map: app => app.MapGet("/api/v1/silent", () => "x"));
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json", Token));

        Assert.Equal(["GET /api/v1/silent"], Served(server).Except(FuzzGrammar.Read(document.RootElement).Select(o => o.ToString())));
    }

    [Fact]
    public async Task Parameters_OfEveryOperation_AreThoseThatTheHandlerReads()
    {
        foreach (var operation in product.Operations)
        {
            using var answer = await SendAsync(operation, "unheard_of=1");
            var detail = (await ReadAsync(answer)).GetProperty("detail").GetString()!;

            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && detail.Contains(Takes, StringComparison.Ordinal), $"{operation}: {detail}");
            var read = detail[(detail.IndexOf(Takes, StringComparison.Ordinal) + Takes.Length)..].TrimEnd('.');
            var said = operation.Query.Count == 0 ? "none" : string.Join(", ", operation.Query.Select(q => q.Name).Order(StringComparer.Ordinal));
            Assert.True(said == read, $"{operation} says that it takes {said}; it takes {read}.");
        }
    }

    [Fact]
    public async Task Values_OfEveryParameter_AreTakenAndOthersRefused()
    {
        foreach (var operation in product.Operations.Where(o => o.Method == "GET" && !o.Path.EndsWith(".csv", StringComparison.Ordinal)))
        {
            foreach (var slot in operation.Query)
            {
                foreach (var word in slot.Words)
                    Assert.True((int)await StatusAsync(operation, With(slot.Name, word)) == 200, $"{operation}: {slot.Name}={word}");
                if (slot.Words.Count > 0 || slot.Type is "integer" or "boolean")
                    Assert.True((int)await StatusAsync(operation, With(slot.Name, "no such word")) == 400, $"{operation}: {slot.Name} takes anything");
            }
        }

        static string With(string name, string word) => $"{name}={Uri.EscapeDataString(word)}" + name switch { "weekday" => "&hour=3", "hour" => "&weekday=mon", _ => "" };
    }

    [Fact]
    public async Task Answers_OfEveryOperation_HaveTheMembersOfTheirSchema()
    {
        var compared = 0;
        foreach (var operation in product.Operations.Where(o => o.Method == "GET"))
        {
            using var answer = await SendAsync(operation, "");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{operation}: {answer.StatusCode}");
            var content = product.Document.GetProperty("paths").GetProperty(operation.Path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content");
            var type = answer.Content.Headers.ContentType!.MediaType!;
            Assert.True(content.TryGetProperty(type, out var media), $"{operation} answers {type}");
            if (type != "application/json")
                continue;
            compared++;
            var differences = new SchemaCheck(product.Document).Compare(await ReadAsync(answer), media.GetProperty("schema"));
            Assert.True(differences.Count == 0, $"{operation}: {string.Join("; ", differences.Distinct().Take(20))}");
        }

        Assert.True(compared > 12);
    }

    [Fact]
    public void SchemaCheck_OfAnotherAnswer_Differs()
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":["null","string"]}}}""");
        using var answer = JsonDocument.Parse("""{"a":"1","c":2}""");

        Assert.Equal(["$.a is String, not integer", "$.b is missing", "$.c is not described"], new SchemaCheck(schema.RootElement).Compare(answer.RootElement, schema.RootElement).Order());
    }

    private static IOrderedEnumerable<string> Served(TestServer server) => server.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/')}"))
        .Order();

    private async Task<HttpStatusCode> StatusAsync(FuzzOperation operation, string query)
    {
        using var answer = await SendAsync(operation, query);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(FuzzOperation operation, string query)
    {
        var path = product.Ids.Aggregate(operation.Path, (text, id) => text.Replace($"{{{id.Key}}}", Uri.EscapeDataString(id.Value), StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), query.Length > 0 ? $"{path}?{query}" : path);
        if (operation.Body.Count > 0)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        return await product.Server.Client.SendAsync(request, Token);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return json.RootElement.Clone();
    }
}

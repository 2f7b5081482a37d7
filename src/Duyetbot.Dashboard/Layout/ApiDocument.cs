using System.Text.Json.Nodes;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Shared.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Duyetbot.Dashboard.Layout;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, made from what each endpoint says of itself.</summary>
internal static class ApiDocument
{
    /// <summary>Where it is.</summary>
    public const string Path = "/openapi/v1.json";

    private const string Bearer = "bearer";
    private const string Header = "api_key";
    private const string Cookie = "cookie";

    /// <summary>Registers what makes the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.ShouldInclude = d => d.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
        o.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        o.AddOperationTransformer(DescribeAsync);
        o.AddSchemaTransformer((schema, context, _) =>
        {
            // Read as text too, but never written so.
            if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
                (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
            // What catches the members that are refused.
            if (context.JsonTypeInfo.Properties.Any(p => p.IsExtensionData))
                schema.AdditionalPropertiesAllowed = false;
            return Task.CompletedTask;
        });
    });

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Duyetbot dashboard",
            Version = "v1",
            Description = "What the pages show, as JSON. Times are Unix ms, costs USD; names are the views' columns. An unknown parameter is answered 400; errors are problem details (RFC 9457) that name the parameter. Every answer carries Server-Timing: db;dur=….",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made on the page /data." },
            [Header] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "An API key, made on the page /data." },
            [Cookie] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "duyetbot", Description = "The sign-in of a person; it opens no ingest." },
        };
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var said = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Last();
        var path = "/" + context.Description.RelativePath!.TrimStart('/');
        var method = context.Description.HttpMethod!;
        operation.OperationId = ApiListing.IdOf(method, path);
        operation.Summary = said.Summary;
        operation.Tags = new HashSet<OpenApiTagReference> { new(ApiListing.GroupOf(path), context.Document) };
        operation.Parameters = [.. ApiListing.IdsIn(path).Select(IdParameter), .. said.Parameters.Select(Parameter)];
        operation.Security = Security(method, path, context.Document);
        operation.RequestBody = said.Body is { } body ? await BodyAsync(body, context, cancellationToken) : null;
        Answers(operation, said, path);
    }

    private static void Answers(OpenApiOperation operation, ApiOperation said, string path)
    {
        var answers = operation.Responses ??= [];
        var success = said.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var other in answers.Keys.Where(k => k[0] == '2' && k != success).ToList())
            answers.Remove(other);
        if (!answers.ContainsKey(success))
            answers[success] = new OpenApiResponse();
        if (answers[success] is OpenApiResponse answer && said.Files.Count > 0)
        {
            if (said.Answer is null)
                answer.Content?.Clear();
            answer.Content ??= new Dictionary<string, OpenApiMediaType>();
            foreach (var type in said.Files)
                answer.Content[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }

        if (path.Contains('{', StringComparison.Ordinal) && answers.TryGetValue("400", out var wrong))
            answers["404"] = wrong;
        foreach (var (status, response) in answers)
        {
            if (response is OpenApiResponse writable)
            {
                // One object may stand under two statuses.
                answers[status] = new OpenApiResponse { Description = Words(status), Content = writable.Content, Headers = writable.Headers };
            }
        }
    }

    private static OpenApiParameter IdParameter(string name) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = "As the lists answer it; one segment of the path, percent-encoded.",
        Schema = new OpenApiSchema { Type = name == "id" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static OpenApiParameter Parameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Required = parameter.IsRequired,
        Description = parameter.Description,
        Explode = true,
        Style = ParameterStyle.Form,
        Schema = parameter.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Schema(parameter) } : Schema(parameter),
    };

    private static OpenApiSchema Schema(ApiParameter parameter)
    {
        var schema = new OpenApiSchema { Type = parameter.Kind switch { ApiKind.Whole => JsonSchemaType.Integer, ApiKind.Flag => JsonSchemaType.Boolean, ApiKind.Json => null, _ => JsonSchemaType.String } };
        if (parameter.Kind == ApiKind.Whole)
            schema.Format = "int64";
        if (parameter.Words.Count > 0)
            schema.Enum = [.. parameter.Words.Select(w => (JsonNode)w)];
        if (parameter.Kind == ApiKind.Text && parameter.Words.Count == 0)
            schema.MaxLength = 1000;
        schema.Minimum = parameter.Min?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        schema.Maximum = parameter.Max?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (parameter.Default is { } value)
            schema.Default = parameter.Kind switch { ApiKind.Whole => long.Parse(value, System.Globalization.CultureInfo.InvariantCulture), ApiKind.Flag => bool.Parse(value), _ => (JsonNode)value };
        return schema;
    }

    private static async Task<OpenApiRequestBody> BodyAsync(ApiBody body, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (body.Type is { } type)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellationToken);
            if (body.Required.Count > 0)
                schema.Required = body.Required.ToHashSet();
            return new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } } };
        }

        var row = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Required = body.Rows.Where(r => r.IsRequired).Select(r => r.Name).ToHashSet(),
            Properties = body.Rows.ToDictionary(r => r.Name, IOpenApiSchema (r) => Member(r)),
        };
        return new OpenApiRequestBody
        {
            Required = true,
            Description = "A JSON array, or NDJSON, of at most 10,000 rows and 32 MiB; gzip is undone. Told apart by the first character.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = row, MaxItems = 10_000 } },
                ["application/x-ndjson"] = new() { Schema = row },
            },
        };
    }

    private static OpenApiSchema Member(ApiParameter member)
    {
        var schema = Schema(member);
        schema.MaxLength = null;
        schema.Description = member.Description.Length > 0 ? member.Description : null;
        // true, false, 0 or 1.
        if (member.Kind == ApiKind.Flag)
            schema.Type |= JsonSchemaType.Integer;
        if (!member.IsRequired && schema.Type is not null)
            schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static List<OpenApiSecurityRequirement> Security(string method, string path, OpenApiDocument? document)
    {
        var scope = ApiScopes.Of(method, path);
        List<OpenApiSecurityRequirement> ways = [Way(Bearer, scope), Way(Header, scope)];
        if (scope != ApiScopes.Ingest)
            ways.Add(Way(Cookie));
        return ways;

        OpenApiSecurityRequirement Way(string name, params List<string> scopes) => new() { [new OpenApiSecuritySchemeReference(name, document)] = scopes };
    }

    private static string Words(string status) => status switch
    {
        "200" => "What was asked for.",
        "201" => "Added; Location is its address.",
        "204" => "Done.",
        "400" => "A parameter, or a member of the body, is wrong; detail names it.",
        "401" => "No credentials, or wrong ones.",
        "403" => "The key lacks the scope.",
        "404" => "There is no such thing.",
        "413" => "The body is too large.",
        "415" => "The body's type is none that is read.",
        _ => "Not now; Retry-After says when.",
    };
}

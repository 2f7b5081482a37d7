namespace Duyetbot.Dashboard.Shared.Api;

/// <summary>What an endpoint of the API takes and answers, said where it is mapped. The OpenAPI document and the explorer page are made from it.</summary>
/// <param name="Summary">What it does, in a line.</param>
public sealed record ApiOperation(string Summary)
{
    /// <summary>Every parameter of the query string; another one is answered 400.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The type of the JSON answered, or null for none.</summary>
    public Type? Answer { get; init; }

    /// <summary>The media types of what is answered as text: a file, or another form of the answer.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The status of success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What is sent, or null for nothing.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>A list in pages.</summary>
    public static ApiOperation List<T>(string summary, params IReadOnlyList<ApiParameter> parameters) =>
        new(summary) { Answer = typeof(Page<T>), Parameters = [.. parameters, ApiParameters.Limit, ApiParameters.Cursor] };

    /// <summary>One answer.</summary>
    public static ApiOperation Get<T>(string summary, params IReadOnlyList<ApiParameter> parameters) =>
        new(summary) { Answer = typeof(T), Parameters = parameters };

    /// <summary>The whole of a list as comma-separated values.</summary>
    public static ApiOperation Csv(string summary, params IReadOnlyList<ApiParameter> parameters) =>
        new(summary) { Files = ["text/csv"], Parameters = parameters };

    /// <summary>A change that answers with what has become of the thing.</summary>
    public static ApiOperation Change<T>(string summary, Type body, params IReadOnlyList<string> required) =>
        new(summary) { Answer = typeof(T), Body = new ApiBody { Type = body, Required = required } };
}

/// <summary>What a request carries.</summary>
public sealed record ApiBody
{
    /// <summary>The type of a JSON object, or null where rows are sent.</summary>
    public Type? Type { get; init; }

    /// <summary>The members of the object that cannot be missing.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The members of each row, where rows are sent as a JSON array or as NDJSON.</summary>
    public IReadOnlyList<ApiParameter> Rows { get; init; } = [];
}

/// <summary>Describes endpoints.</summary>
public static class ApiDescriptions
{
    /// <summary>Says what the endpoint takes and answers; an endpoint under /api/v1 without it is a defect that a test finds.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, ApiOperation operation)
    {
        endpoint.WithMetadata(operation).WithSummary(operation.Summary);
        if (operation.Answer is { } answer)
            endpoint.Produces(operation.Status, answer, "application/json");
        else
            endpoint.Produces(operation.Status);
        foreach (var status in Refusals(operation))
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    private static IEnumerable<int> Refusals(ApiOperation operation) => operation.Body is null
        ? [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable]
        : [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable];
}

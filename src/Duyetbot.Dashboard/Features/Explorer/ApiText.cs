using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Explorer;

/// <summary>Operations and parameters in words.</summary>
internal static class ApiText
{
    private static readonly string[] Flags = ["true", "false"];

    /// <summary>What a parameter's value may be.</summary>
    public static string Values(ApiParameter parameter)
    {
        var kind = parameter.Kind switch
        {
            ApiKind.Whole => (parameter.Min, parameter.Max) switch
            {
                ({ } min, { } max) => $"{min} to {max}",
                ({ } min, null) => $"a whole number from {min}",
                _ => "a whole number",
            },
            ApiKind.Flag => "true, false",
            ApiKind.Moment => "Unix ms, ISO 8601",
            ApiKind.Day => "YYYY-MM-DD, Unix ms, ISO 8601",
            ApiKind.Zone => "IANA zone",
            _ => "text",
        };
        if (parameter.Name == "sort" && parameter.Words.Any(w => w[0] == '+'))
            return $"[-+]{string.Join(" | ", parameter.Words.Where(w => char.IsLetter(w[0])))}; {parameter.Default} where absent";
        var values = parameter.Words.Count > 0 ? string.Join(", ", parameter.Words) : kind;
        return parameter.Default is { } value ? $"{values}; {value} where absent" : values;
    }

    /// <summary>What can be chosen in a form; empty where anything may be written.</summary>
    public static IReadOnlyList<string> Choices(ApiParameter parameter) => parameter.Kind == ApiKind.Flag ? Flags : parameter.Words;

    /// <summary>The line that asks the operation in a shell.</summary>
    /// <param name="entry">The operation.</param>
    /// <param name="origin">Scheme and host.</param>
    /// <param name="target">Its address with ids.</param>
    public static string Curl(ApiEntry entry, string origin, string target)
    {
        var method = entry.Method == "GET" ? "" : $" -X {entry.Method}";
        var body = entry.Operation.Body is null ? "" : " -H 'Content-Type: application/json' --data-binary @body.json";
        var file = entry.Operation.Answer is null && entry.Operation.Files.Count > 0 ? " -OJ" : "";
        return $"curl{method} -H \"Authorization: Bearer $KEY\"{body}{file} '{origin}{target}'";
    }
}

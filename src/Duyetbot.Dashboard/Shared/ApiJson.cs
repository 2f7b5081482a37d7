using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Duyetbot.Dashboard.Shared;

/// <summary>How the API writes JSON: the views' snake_case column names, text in any script as it is.</summary>
public static class ApiJson
{
    /// <summary>The options, for code that writes JSON outside a request.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>Sets naming and encoding on the framework's options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}

using System.Text.Json;

namespace Duyetbot.Dashboard.Shared;

/// <summary>One thing in a stored chain that the tree does not show as it is stored.</summary>
/// <param name="Path">Where it stands, as a path through the JSON: <c>$[1].workers[0].duration_ms</c>.</param>
/// <param name="Value">Its JSON, at most <see cref="ChainCheck.MostOfAValue"/> characters of it.</param>
/// <param name="Reason">What is wrong with it, in words.</param>
public sealed record ChainFault(string Path, string Value, string Reason);

/// <summary>What the steps view cannot take from a chain of agents as it is stored: elements that are no steps, values that are no durations or counts.</summary>
/// <remarks>The view's own rules: an element is an object; a duration is a number and a count an integer from 0 to 10^12; anything else counts as 0.</remarks>
/// <param name="NoSteps">How many elements are no steps and stand in no row.</param>
/// <param name="OddValues">How many values count as 0.</param>
/// <param name="Faults">The first of both, in the order of the JSON.</param>
public sealed record ChainCheck(int NoSteps, int OddValues, IReadOnlyList<ChainFault> Faults)
{
    /// <summary>At most so many faults are listed; all are counted.</summary>
    public const int MostFaults = 50;

    /// <summary>At most so many characters of a value are shown.</summary>
    public const int MostOfAValue = 80;

    private const double MostOfACount = 1e12;

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 2_100 };

    private static readonly string[] Counts = ["input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "tool_calls"];

    /// <summary>Nothing to say.</summary>
    public static readonly ChainCheck Clean = new(0, 0, []);

    /// <summary>True where the tree shows everything as it is stored.</summary>
    public bool IsClean => NoSteps == 0 && OddValues == 0;

    /// <summary>Looks through a chain; text that is no JSON array has no steps at all, which is said elsewhere.</summary>
    public static ChainCheck From(string? agents)
    {
        if (string.IsNullOrEmpty(agents))
            return Clean;
        try
        {
            using var document = JsonDocument.Parse(agents, Reading);
            return document.RootElement.ValueKind == JsonValueKind.Array ? Walk(document.RootElement) : Clean;
        }
        catch (JsonException)
        {
            return Clean;
        }
    }

    private static ChainCheck Walk(JsonElement root)
    {
        var faults = new List<ChainFault>();
        var (noSteps, oddValues) = (0, 0);
        void Note(string path, JsonElement value, string reason)
        {
            if (faults.Count < MostFaults)
                faults.Add(new ChainFault(path, Head(value), reason));
        }

        // A stack of our own: chains may be nested deeper than a thread's stack is long.
        var open = new Stack<(JsonElement Array, string Path)>([(root, "$")]);
        while (open.TryPop(out var level))
        {
            var inside = new List<(JsonElement Array, string Path)>();
            var number = 0;
            foreach (var element in level.Array.EnumerateArray())
            {
                var path = $"{level.Path}[{number++}]";
                if (element.ValueKind != JsonValueKind.Object)
                {
                    noSteps++;
                    Note(path, element, $"is {KindOf(element)}, not a step");
                    continue;
                }

                foreach (var property in element.EnumerateObject())
                {
                    if (property.NameEquals("workers") && property.Value.ValueKind == JsonValueKind.Array)
                    {
                        inside.Add((property.Value, path + ".workers"));
                    }
                    else if (property.NameEquals("workers") && property.Value.ValueKind != JsonValueKind.Null)
                    {
                        noSteps++;
                        Note(path + ".workers", property.Value, $"is {KindOf(property.Value)}, not an array of steps");
                    }
                    else if (Odd(property) is { } reason)
                    {
                        oddValues++;
                        Note($"{path}.{property.Name}", property.Value, reason);
                    }
                }
            }

            for (var i = inside.Count - 1; i >= 0; i--)
                open.Push(inside[i]);
        }

        return new ChainCheck(noSteps, oddValues, faults);
    }

    private static string? Odd(JsonProperty property)
    {
        var isDuration = property.NameEquals("duration_ms");
        if ((!isDuration && !Array.Exists(Counts, c => property.NameEquals(c))) || property.Value.ValueKind == JsonValueKind.Null)
            return null;
        if (property.Value.ValueKind != JsonValueKind.Number)
            return $"is {KindOf(property.Value)}, not a number";
        var number = property.Value.GetDouble();
        return number < 0 ? "is negative"
            : number > MostOfACount ? "is above 10\u00b9\u00b2"
            : !isDuration && !property.Value.TryGetInt64(out _) ? "is not a whole number"
            : null;
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static string Head(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= MostOfAValue ? text : text[..MostOfAValue] + "…";
    }
}

using System.Net.Http.Headers;
using System.Text;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>One request, a function of the seed and its number alone.</summary>
internal sealed record FuzzRequest(FuzzOperation Operation, string Target, FuzzBody? Body)
{
    public static FuzzRequest Make(int seed, int number, IReadOnlyList<FuzzOperation> operations, FuzzValues values)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        var operation = operations[random.Next(operations.Count)];
        var target = new StringBuilder();
        foreach (var part in operation.Path[1..].Split('/'))
        {
            target.Append('/');
            target.Append(part.StartsWith('{') ? Id(random, part.Trim('{', '}'), values) : part);
        }

        var query = Query(random, operation, values);
        if (query.Length > 0 || random.Next(50) == 0)
            target.Append('?').Append(query);
        return new FuzzRequest(operation, target.ToString(), operation.Body.Count > 0 ? new FuzzBodies(values).Make(random, operation) : null);
    }

    public HttpRequestMessage ToMessage(Uri address)
    {
        // As it is: whatever is wrong with it has to arrive.
        var uri = new Uri(address.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Operation.Method), uri);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body.Bytes);
            message.Content.Headers.ContentType = Body.Type is null ? null : MediaTypeHeaderValue.Parse(Body.Type);
            if (Body.Encoding is not null)
                message.Content.Headers.ContentEncoding.Add(Body.Encoding);
        }

        return message;
    }

    public override string ToString() =>
        $"{Operation.Method} {Target}{(Body is null ? "" : $" [{Body.Type} {Body.Encoding}] {Encoding.UTF8.GetString(Body.Bytes, 0, Math.Min(400, Body.Bytes.Length))}")}";

    private static string Id(Random random, string name, FuzzValues values)
    {
        var slot = new FuzzSlot(name, name == "id" ? "integer" : "string", [], false, true);
        return random.Next(100) < 60 ? Uri.EscapeDataString(values.Right(random, slot)) : values.Encoded(random, slot);
    }

    private static string Query(Random random, FuzzOperation operation, FuzzValues values)
    {
        var parts = new List<string>();
        var wanted = operation.Query.Count == 0 ? 0 : random.Next(5);
        for (var i = 0; i < wanted; i++)
        {
            var slot = operation.Query[random.Next(operation.Query.Count)];
            parts.Add($"{Uri.EscapeDataString(slot.Name)}={values.Encoded(random, slot)}");
            if (slot.IsRepeated ? random.Next(2) == 0 : random.Next(40) == 0)
                parts.Add($"{slot.Name}={values.Encoded(random, slot)}");
        }

        switch (random.Next(60))
        {
            case 0: parts.Add("unheard_of=1"); break;
            case 1: parts.Add("&&=&"); break;
            case 2: parts.Add("%zz=%"); break;
            case 3: parts.Add("Limit=1"); break;
            case 4: parts.Add(string.Join('&', Enumerable.Range(0, 80).Select(n => $"not=model:{n}"))); break;
            case 5: parts.Add("%00=%00"); break;
        }

        return string.Join('&', parts);
    }
}

using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Access;

/// <summary>Keeps the API keys that were made on the Data page, by their hashes.</summary>
public sealed class ApiKeyStore(Database database, TimeProvider time)
{
    /// <summary>Every key, the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        const string sql = "SELECT id, name, sha256, scopes, created_at, last_used_at FROM api_keys ORDER BY created_at DESC, id DESC";
        var rows = await database.ReadAsync(c => c.Query<Row>(sql).ToList(), cancellationToken);
        return [.. rows.Select(r => new ApiKey { Id = r.Id, Name = r.Name, Sha256 = r.Sha256, Scopes = r.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), CreatedAt = r.CreatedAt, LastUsedAt = r.LastUsedAt })];
    }

    /// <summary>Keeps a new key.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task AddAsync(string name, string sha256, IReadOnlyList<string> scopes, CancellationToken cancellationToken) => database.WriteAsync(
        c => c.Execute(
            "INSERT INTO api_keys(name, sha256, scopes, created_at) VALUES (@name, @sha256, @scopes, @now)",
            new { name, sha256, scopes = string.Join(' ', scopes), now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
        cancellationToken);

    /// <summary>Takes a key away; false where there is none of that id.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Execute("DELETE FROM api_keys WHERE id = @id", new { id }) > 0, cancellationToken);

    /// <summary>Notes when keys were last used.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task NoteUsesAsync(IReadOnlyCollection<(long Id, long UsedAt)> uses, CancellationToken cancellationToken) => database.WriteAsync(
        c => uses.Sum(u => c.Execute("UPDATE api_keys SET last_used_at = @UsedAt WHERE id = @Id AND COALESCE(last_used_at, 0) < @UsedAt", new { u.Id, u.UsedAt })),
        cancellationToken);

    private sealed record Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Sha256 { get; init; } = "";

        public string Scopes { get; init; } = "";

        public long CreatedAt { get; init; }

        public long? LastUsedAt { get; init; }
    }
}

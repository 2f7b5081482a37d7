using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Access;

/// <summary>Keeps which sign-ins were ended before they expired, so that a copied cookie is worth nothing after a restart either.</summary>
public sealed class EndedSignInStore(DatabaseFile file, Database database, TimeProvider time)
{
    /// <summary>Keeps one until it would have expired, and forgets those that have.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task AddAsync(string id, DateTimeOffset expiresAt, CancellationToken cancellationToken) => database.WriteAsync(
        c =>
        {
            const string sql = """
                DELETE FROM ended_sign_ins WHERE expires_at < @now;
                INSERT INTO ended_sign_ins(id, expires_at) VALUES (@id, @expires) ON CONFLICT(id) DO NOTHING;
                """;
            return c.Execute(sql, new { id, expires = expiresAt.ToUnixTimeMilliseconds(), now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        },
        cancellationToken);

    /// <summary>Those that have not expired yet.</summary>
    internal IReadOnlyList<(string Id, DateTimeOffset ExpiresAt)> Load()
    {
        using var connection = SqliteConnections.OpenRead(file);
        const string sql = "SELECT id, expires_at FROM ended_sign_ins WHERE expires_at > @now";
        return [.. connection.Query<(string Id, long ExpiresAt)>(sql, new { now = time.GetUtcNow().ToUnixTimeMilliseconds() }).Select(r => (r.Id, DateTimeOffset.FromUnixTimeMilliseconds(r.ExpiresAt)))];
    }
}

using System.Reflection;
using Dapper;

namespace Duyetbot.Dashboard.Data;

/// <summary>Brings a database to the schema of this version.</summary>
public sealed class Migrator(DatabaseFile file, ILogger<Migrator> logger)
{
    /// <summary>Applies what is pending; safe to call from several processes at once.</summary>
    public void Run()
    {
        Directory.CreateDirectory(file.Folder);
        using var connection = SqliteConnections.OpenForMigration(file);
        connection.Execute("PRAGMA journal_mode=WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute("CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)", transaction: transaction);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith("migrations/", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd();
            if (resource.StartsWith("migrations/views/", StringComparison.Ordinal))
            {
                connection.Execute($"DROP VIEW IF EXISTS {Path.GetFileNameWithoutExtension(resource)}", transaction: transaction);
                connection.Execute(sql, transaction: transaction);
                continue;
            }

            var name = Path.GetFileName(resource);
            if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM d1_migrations WHERE name = @name", new { name }, transaction) > 0)
                continue;
            connection.Execute(sql, transaction: transaction);
            connection.Execute("INSERT INTO d1_migrations(name) VALUES (@name)", new { name }, transaction);
            logger.LogInformation("Applied {Migration}", name);
        }

        transaction.Commit();
    }
}

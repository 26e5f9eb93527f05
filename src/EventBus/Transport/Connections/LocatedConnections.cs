using System.Collections.Concurrent;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// The connections of callers whose database was read. In another database the attachment table may be missing, and a statement that names
/// it would abort the transaction. A new connection can lead to another server although it has the same address. Thread-safe.
/// </summary>
internal sealed class LocatedConnections
{
    /// <summary>The most connections that are remembered. An application has fewer, but opens new ones.</summary>
    private const int Most = 1024;

    private readonly ConcurrentDictionary<(string? Host, int Port, string Database, int Pid), string> _identities = new();

    /// <summary>Whether the connection was in the database when it was read.</summary>
    public bool IsIn(NpgsqlConnection connection, string identity) =>
        _identities.TryGetValue(KeyOf(connection), out var located) && located == identity;

    public void Add(NpgsqlConnection connection, string identity)
    {
        if (_identities.Count >= Most)
            _identities.Clear();
        _identities[KeyOf(connection)] = identity;
    }

    /// <summary>Forgets a connection: a pooler may have passed it to another server.</summary>
    public void Remove(NpgsqlConnection connection) => _identities.TryRemove(KeyOf(connection), out _);

    private static (string? Host, int Port, string Database, int Pid) KeyOf(NpgsqlConnection connection) =>
        (connection.Host, connection.Port, connection.Database, connection.ProcessID);
}

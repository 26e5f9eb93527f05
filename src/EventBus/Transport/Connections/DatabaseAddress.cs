using System.Globalization;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>The address of a database, for messages. Several addresses can lead to one database, so they are never compared.</summary>
internal sealed class DatabaseAddress
{
    private readonly (string Host, int Port)[] _servers;
    private readonly string _database;

    /// <param name="dataSource">The data source of the bus. If it has several hosts, any of them may be the primary.</param>
    public DatabaseAddress(NpgsqlDataSource dataSource)
    {
        var settings = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        _servers = [.. (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(host => Server(host, settings.Port))];

        // The connection is not opened. It only provides the name of the database if the settings contain none.
        using var connection = dataSource.CreateConnection();
        _database = connection.Database;
    }

    public override string ToString() =>
        $"'{_database}' on {string.Join(", ", _servers.Select(static server => Text(server.Host, server.Port)))}";

    /// <summary>The database of an open connection.</summary>
    public static string Of(NpgsqlConnection connection) => $"'{connection.Database}' on {Text(connection.Host ?? "", connection.Port)}";

    /// <summary><c>host</c>, <c>host:port</c>, an IPv6 address with or without brackets, or the directory of a socket.</summary>
    private static (string Host, int Port) Server(string host, int defaultPort)
    {
        var colon = host.LastIndexOf(':');
        var isWithPort = colon > 0
            && (host[colon - 1] == ']' || host.IndexOf(':', StringComparison.Ordinal) == colon)
            && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isWithPort
            ? (WithoutBrackets(host[..colon]), int.Parse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture))
            : (WithoutBrackets(host), defaultPort);
    }

    private static string WithoutBrackets(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;

    private static string Text(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}

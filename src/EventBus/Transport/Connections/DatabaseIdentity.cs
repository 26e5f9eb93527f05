namespace EventBus.Transport.Connections;

/// <summary>The database that a connection was in when it was opened.</summary>
/// <param name="Identity">Its <see cref="DatabaseIdentity"/>; null if the role may not read it.</param>
/// <param name="IsStandby">Whether its server is a standby.</param>
internal readonly record struct FoundDatabase(string? Identity, bool IsStandby);

/// <summary>
/// Identifies a database, whatever address or pooler a connection leads through: by the system identifier of the server's data, the oid of
/// the database, and the time when the server started.
/// </summary>
/// <remarks>
/// A copy of the data, such as a restored backup or a primary that a failover has replaced, has the same identifier and the same oids. Only
/// the start of the server distinguishes it. Every role may read all three by default.
/// </remarks>
internal static class DatabaseIdentity
{
    /// <summary>The names of its three parts, for messages.</summary>
    public const string Parts = $"system identifier/{LocalParts}";

    /// <summary>The privilege that it needs, if it was revoked from everybody.</summary>
    public const string Grant = "GRANT EXECUTE ON FUNCTION pg_control_system(), pg_postmaster_start_time()";

    /// <summary>The names of the parts of <see cref="LocalSql"/>.</summary>
    public const string LocalParts = "database oid/start of the server";

    /// <summary>The privilege that <see cref="LocalSql"/> needs.</summary>
    public const string LocalGrant = "GRANT EXECUTE ON FUNCTION pg_postmaster_start_time()";

    /// <summary>
    /// An expression for the last two parts, by which a statement of an event compares: the start alone distinguishes servers, and the
    /// system identifier is read from a file. The identifier belongs to the identity because it shows in a message whether the data are
    /// the same.
    /// </summary>
    public const string LocalSql = """
        (SELECT pg_catalog.format('%s/%s', d.oid,
            pg_catalog.encode(pg_catalog.timestamptz_send(pg_catalog.pg_postmaster_start_time()), 'hex'))
        FROM pg_catalog.pg_database d
        WHERE d.datname OPERATOR(pg_catalog.=) pg_catalog.current_database())
        """;

    /// <summary>
    /// An expression that is one text. The parts are integers and bytes, so no setting of a session and no type mapping of a data source
    /// changes the text. It names the schema of each function and operator, because a role that may create objects could replace those
    /// that are found by the search path.
    /// </summary>
    public const string Sql =
        $"(SELECT pg_catalog.format('%s/%s', c.system_identifier, {LocalSql}) FROM pg_catalog.pg_control_system() c)";

    /// <summary>The value of <see cref="LocalSql"/> in the database of an identity.</summary>
    public static string LocalOf(string identity) => identity[(identity.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

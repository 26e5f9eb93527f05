namespace EventBus.Transport.Postgres;

/// <summary>The settings of the listening session, set and taken back in SQL, for poolers refuse them in the connection string. Those that a server does not know are left out.</summary>
internal static class ListenerSession
{
    /// <summary>A listener that only hears is idle to the server; one that is half open is to be noticed by the server too.</summary>
    /// <remarks>Not by tcp_user_timeout: it would end a session that a full receive queue leaves unread for a while.</remarks>
    public const string SetSql = """
        SELECT set_config(name, value, false)
        FROM (VALUES
            ('idle_session_timeout', '0'),
            ('tcp_keepalives_idle', '10'),
            ('tcp_keepalives_interval', '5'),
            ('tcp_keepalives_count', '3')) wanted(name, value)
        JOIN pg_settings USING (name)
        """;

    public const string ResetSql = """
        SELECT set_config(name, reset_val, false) FROM pg_settings
        WHERE name IN ('idle_session_timeout', 'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count')
        """;
}

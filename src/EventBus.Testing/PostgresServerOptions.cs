namespace EventBus.Testing;

/// <summary>How a throwaway PostgreSQL server is started.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>Whether only a server of one's own will do, also where <see cref="PostgresServer.ConnectionStringVariable"/> names one: for tests that stop or pause it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool MustBePrivate { get; init; }

    /// <summary>Server settings beyond the defaults, by name, such as <c>max_connections</c>. A server that a connection string names is not touched.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the server may take to start.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

namespace EventBus.Testing;

/// <summary>How a PostgreSQL server for tests is started.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>
    /// Whether to start a private server even if <see cref="PostgresServer.ConnectionStringVariable"/> names one: for tests that stop or
    /// pause the server.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool MustBePrivate { get; init; }

    /// <summary>
    /// Settings of a private server beyond its defaults, by name, such as <c>max_connections</c>. They do not apply to a named server.
    /// </summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a private server may take to start.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

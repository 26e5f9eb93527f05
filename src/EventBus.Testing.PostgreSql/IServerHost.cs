namespace EventBus.Testing;

/// <summary>A private PostgreSQL server, however it runs.</summary>
internal interface IServerHost : IAsyncDisposable
{
    string ConnectionString { get; }

    Task StartAsync(CancellationToken cancellationToken);

    Task StopAsync(ServerStop stop, CancellationToken cancellationToken);

    /// <summary>Starts a standby that streams from this server. The server is restarted for it.</summary>
    Task<IServerHost> StartStandbyAsync(CancellationToken cancellationToken);

    /// <summary>Makes a primary of a standby.</summary>
    Task PromoteAsync(CancellationToken cancellationToken);

    /// <summary>Sends a signal, such as <c>STOP</c>, to one of the server's processes.</summary>
    Task SignalAsync(int processId, string signal, CancellationToken cancellationToken);
}

namespace EventBus.InteropTests.Harness;

/// <summary>A program with a line protocol. Dispose ends it in any state.</summary>
internal interface ILineDriven : IAsyncDisposable
{
    LineConnection Lines { get; }

    /// <summary>Completes when it has ended by itself.</summary>
    Task WaitForEndAsync(CancellationToken cancellationToken);

    /// <summary>Ends it abruptly: it does not leave the cluster first.</summary>
    ValueTask CrashAsync();
}

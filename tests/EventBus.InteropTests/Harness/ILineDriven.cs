namespace EventBus.InteropTests.Harness;

/// <summary>Something that is driven by lines. Disposing it ends it, whatever it is doing.</summary>
internal interface ILineDriven : IAsyncDisposable
{
    LineConnection Lines { get; }

    /// <summary>Completes once it has ended by itself.</summary>
    Task WaitForEndAsync(CancellationToken cancellationToken);

    /// <summary>Ends it without a goodbye to anybody.</summary>
    ValueTask CrashAsync();
}

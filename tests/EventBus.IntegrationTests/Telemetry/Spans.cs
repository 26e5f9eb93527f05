using System.Collections;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Xunit;

namespace EventBus.IntegrationTests.Telemetry;

/// <summary>The spans that OpenTelemetry exports of the bus, of Npgsql and of the test, to be awaited.</summary>
internal sealed class Spans : ICollection<Activity>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly ActivitySource Test = new("EventBus.Test");

    private readonly Lock _lock = new();
    private readonly List<Activity> _spans = [];
    private readonly TracerProvider _provider;
    private TaskCompletionSource _added = NewSignal();

    /// <summary>Exports with the sampler that OpenTelemetry has by default.</summary>
    public Spans() => _provider = Sdk.CreateTracerProviderBuilder()
        .AddSource("EventBus", "Npgsql", Test.Name)
        .AddInMemoryExporter(this)
        .Build();

    public int Count => All.Length;

    public bool IsReadOnly => false;

    /// <summary>The spans that have ended.</summary>
    public Activity[] All
    {
        get
        {
            lock (_lock)
                return [.. _spans];
        }
    }

    /// <summary>Starts a span of the application.</summary>
    public static Activity Start(string name) => Test.StartActivity(name)!;

    /// <summary>The spans of the bus with this operation.</summary>
    public Activity[] Of(string operation) => Array.FindAll(All, span => Operation(span) == operation);

    /// <summary>Waits until so many spans of an operation have ended.</summary>
    public async Task<Activity[]> UntilAsync(string operation, int count)
    {
        await UntilAsync(spans => spans.Count(span => Operation(span) == operation) >= count);
        return Of(operation);
    }

    public async Task UntilAsync(Func<Activity[], bool> condition)
    {
        while (true)
        {
            var added = Volatile.Read(ref _added).Task;
            if (condition(All))
                return;
            await added.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    public void Add(Activity item)
    {
        lock (_lock)
            _spans.Add(item);
        Interlocked.Exchange(ref _added, NewSignal()).TrySetResult();
    }

    public void Dispose() => _provider.Dispose();

    public IEnumerator<Activity> GetEnumerator() => ((IEnumerable<Activity>)All).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Clear() => throw new NotSupportedException();

    public bool Contains(Activity item) => throw new NotSupportedException();

    public void CopyTo(Activity[] array, int arrayIndex) => throw new NotSupportedException();

    public bool Remove(Activity item) => throw new NotSupportedException();

    private static string? Operation(Activity span) =>
        span.Source.Name == "EventBus" ? (string?)span.GetTagItem("messaging.operation.name") : null;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

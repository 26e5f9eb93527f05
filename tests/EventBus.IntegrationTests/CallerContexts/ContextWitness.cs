using System.Collections.Concurrent;
using System.Diagnostics;
using System.Transactions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.IntegrationTests.CallerContexts;

/// <summary>
/// Puts a caller into every kind of context, and records each place at which work of the bus has one of them: connections that open,
/// statements, log entries and handlers.
/// </summary>
internal sealed class ContextWitness : ILoggerFactory, ILogger, IDisposable
{
    private readonly AsyncLocal<string?> _value = new();
    private readonly Activity _activity = new("caller");
    private readonly CountingContext _synchronization = new();
    private readonly ActivityListener _listener;
    private readonly int _thread;
    private int _looks;

    /// <summary>Puts the current thread into the contexts, for as long as it lives.</summary>
    public ContextWitness()
    {
        _thread = Environment.CurrentManagedThreadId;
        _value.Value = "caller";
        _activity.Start();
        SynchronizationContext.SetSynchronizationContext(_synchronization);
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Npgsql",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _activity.TraceId)
                    Findings.Enqueue($"traced as a child of the caller: {activity.GetTagItem("db.query.text") ?? activity.DisplayName}");
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The places at which a context of the caller was found.</summary>
    public ConcurrentQueue<string> Findings { get; } = new();

    /// <summary>The number of places that were looked at.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>The number of continuations that were posted to the caller's synchronization context.</summary>
    public int Posts => _synchronization.Posts;

    /// <summary>Makes a data source report the contexts in which its connections open.</summary>
    public NpgsqlDataSource Watch(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UsePhysicalConnectionInitializer(
            _ => Look("connection"),
            _ =>
            {
                Look("connection");
                return Task.CompletedTask;
            });
        return builder.Build();
    }

    /// <summary>Records the contexts that the calling code has, except on the caller's own thread.</summary>
    public void Look(string place)
    {
        Interlocked.Increment(ref _looks);
        if (_value.Value is not null)
            Findings.Enqueue($"{place}: AsyncLocal");
        if (Activity.Current?.TraceId == _activity.TraceId)
            Findings.Enqueue($"{place}: Activity");
        if (Transaction.Current is not null)
            Findings.Enqueue($"{place}: Transaction");
        if (SynchronizationContext.Current == _synchronization)
            Findings.Enqueue($"{place}: SynchronizationContext");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    // What the caller's own call logs, on its thread, is in its context rightly.
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Look($"log {eventId.Id} ({formatter(state, exception)})");
    }

    public void Dispose() => _listener.Dispose();

    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => Volatile.Read(ref _posts);

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}

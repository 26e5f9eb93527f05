using System.Collections.Concurrent;
using EventBus.Transport;
using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

/// <summary>A publishing connection that is controlled by a test.</summary>
internal sealed class ScriptedConnection : IPublishConnection
{
    private readonly ConcurrentQueue<Task> _statements = new();
    private int _executed;
    private int _openings;

    public bool IsOpen { get; private set; }

    public bool IsUsable => IsOpen;

    public bool IsUnused { get; set; }

    /// <summary>How often <see cref="CheckAsync"/> was called.</summary>
    public int Checks { get; private set; }

    /// <summary>The exception of the next call of <see cref="OpenAsync"/>.</summary>
    public Exception? OpenFailure { get; set; }

    /// <summary>The next call of <see cref="OpenAsync"/> waits for it.</summary>
    public Task? Opening { get; set; }

    /// <summary>How often <see cref="OpenAsync"/> was called.</summary>
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>The number of executed statements.</summary>
    public int Executed => Volatile.Read(ref _executed);

    /// <summary>How often the connection was abandoned.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Sets the task of the next statement. Without one, a statement succeeds at once.</summary>
    public void Script(Task statement) => _statements.Enqueue(statement);

    /// <summary>Whether an open connection is to end the backend of the last one first.</summary>
    public bool IsUnknown { get; private set; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openings);
        if (OpenFailure is { } failure)
        {
            OpenFailure = null;
            throw failure;
        }

        if (Opening is { } opening)
        {
            Opening = null;
            await opening;
        }

        IsOpen = true;
        IsUnknown = false;
    }

    public TimeSpan Postpone() => TimeSpan.FromMilliseconds(100);

    public void MarkUnknown() => IsUnknown = true;

    public Task CheckAsync()
    {
        Checks++;
        return Task.CompletedTask;
    }

    public Task NotifyAsync(string channel) => Task.CompletedTask;

    public Task ExecuteAsync(
        List<PendingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _executed);
        return _statements.TryDequeue(out var statement) ? statement : Task.CompletedTask;
    }

    public PublishFailure Classify(Exception exception) => PublishFailure.Unknown;

    public void Used() => IsUnused = false;

    public void Abandon(Task? operation = null, IReadOnlyList<IDisposable>? stillUsed = null)
    {
        IsOpen = false;
        Abandoned++;
        foreach (var used in stillUsed ?? [])
            used.Dispose();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

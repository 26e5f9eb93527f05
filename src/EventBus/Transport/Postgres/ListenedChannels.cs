using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The channels that a node listens to, and the changes that wait until the listener does not read its connection. Any thread may change
/// them; the listener applies the changes in their order.
/// </summary>
internal sealed class ListenedChannels
{
    private readonly ConcurrentDictionary<string, string> _namespaces = new();
    private readonly ConcurrentQueue<Change> _changes = new();

    public int Count => _namespaces.Count;

    public IEnumerable<string> Names => _namespaces.Keys;

    public bool TryGetNamespace(string channel, [MaybeNullWhen(false)] out string busNamespace) =>
        _namespaces.TryGetValue(channel, out busNamespace);

    /// <summary>Adds a channel. The task completes when the server listens to it.</summary>
    public Task Add(string channel, string busNamespace)
    {
        var change = new Change(ListenerSession.ListenSql(channel), channel, IsEnd: false);
        _namespaces[channel] = busNamespace;
        _changes.Enqueue(change);
        return change.Applied.Task;
    }

    /// <summary>Removes a channel. The task completes when the server does not listen to it any more.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="busNamespace">Its bus namespace; null if it was not listened to.</param>
    public Task Remove(string channel, out string? busNamespace)
    {
        var change = new Change(ListenerSession.UnlistenSql(channel), channel, IsEnd: true);
        _namespaces.TryRemove(channel, out busNamespace);
        _changes.Enqueue(change);
        return change.Applied.Task;
    }

    /// <summary>
    /// Completes the removals, because there is no connection that listens. They stay queued: the next connection may have begun to listen
    /// to their channels before.
    /// </summary>
    public void CompleteRemovals()
    {
        foreach (var change in _changes)
        {
            if (change.IsEnd)
                change.Applied.TrySetResult();
        }
    }

    /// <summary>Applies the changes over the listening connection.</summary>
    public async Task ApplyAsync(ListenerSession session, TimeSpan timeout)
    {
        while (_changes.TryPeek(out var change))
        {
            // A removal without a connection may be followed by a new use of the channel, which this removal must not end.
            var isObsolete = change.IsEnd && _namespaces.ContainsKey(change.Channel);
            try
            {
                if (!isObsolete)
                    await session.ExecuteAsync(change.Sql, timeout).ConfigureAwait(false);
                change.Applied.TrySetResult();
            }
            catch (PostgresException exception) when (session.IsUsable)
            {
                change.Applied.TrySetException(
                    new EventBusStartException($"PostgreSQL rejected LISTEN: {exception.MessageText}", exception, exception.IsTransient));
            }

            _changes.TryDequeue(out _);
        }
    }

    /// <summary>Fails the changes that wait, because the listener has ended.</summary>
    public void Close()
    {
        while (_changes.TryDequeue(out var change))
            change.Applied.TrySetException(new EventBusClosedException("The bus was closed."));
    }

    private sealed record Change(string Sql, string Channel, bool IsEnd)
    {
        public TaskCompletionSource Applied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

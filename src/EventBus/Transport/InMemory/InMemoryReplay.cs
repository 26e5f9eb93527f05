using System.Runtime.CompilerServices;

namespace EventBus.Transport.InMemory;

/// <summary>Replays the journal of an <see cref="InMemoryDatabase"/>. Thread-safe.</summary>
internal sealed class InMemoryReplay(InMemoryDatabase database) : IJournal
{
    private readonly string _window = $"memory {Guid.NewGuid():N}"; // The rows of another cluster have the same numbers.

    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        string channel, IReadOnlySet<string> names, JournalStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (database.IsDown)
            throw new JournalNotAvailableException("The journal could not be read: the in-memory cluster is down.", isTransient: true);
        if (start.After is { } after && after.Window != _window)
            throw new ArgumentException("This is not a position of this cluster's journal.", nameof(start));
        foreach (var item in database.ReadJournal(start.After?.Row ?? 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item.Channel != channel || !names.Contains(item.Event) || (start.After is null && item.At < start.Since))
                continue;
            var identity = new EventIdentity(item.Source, item.Channel, item.Number, IsTransactional: false);
            var position = new JournalPosition { Window = _window, Row = item.Id, Index = 1, At = item.At };
            yield return new StoredEvent(identity, item.At, item.Body, item.IsAttached, position);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}

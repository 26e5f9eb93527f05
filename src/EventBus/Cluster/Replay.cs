using System.Runtime.CompilerServices;
using System.Text;
using EventBus.CompilerServices;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Reads the journaled events of contracts. Thread-safe.</summary>
internal sealed class Replay(ITransport transport, string channelPrefix, TimeProvider time)
{
    /// <summary>Reads the events of a contract that were committed when the enumeration begins.</summary>
    public async IAsyncEnumerable<ReplayedEvent<TContract>> ReadAsync<TContract>(
        Contract<TContract> contract, JournalStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TContract : class
    {
        var channel = ChannelName.Of(channelPrefix, contract.Namespace);
        var names = contract.Events.Select(static item => Encoding.UTF8.GetString(item.Name)).ToHashSet(StringComparer.Ordinal);
        await foreach (var item in transport.Journal.ReadAsync(channel, names, start, cancellationToken).ConfigureAwait(false))
        {
            yield return new ReplayedEvent<TContract>(
                item.Identity, item.At, item.Position, (handler, token) => InvokeAsync(contract, item, handler, token));
        }
    }

    private ValueTask InvokeAsync<TContract>(
        Contract<TContract> contract, in StoredEvent stored, TContract handler, CancellationToken cancellationToken)
        where TContract : class
    {
        var message = Decode(stored, contract.Namespace);
        var definition = contract.Find(message.EventName.Span)
            ?? throw new EventSerializationException($"The event {stored.Identity} is not an event of {typeof(TContract).Name}.");
        var origin = new EventOrigin
        {
            Namespace = contract.Namespace,
            Sender = message.Uid == MessageEncoderOptions.EmitterUid ? null : message.Uid,
            Source = message.Key.Source,
            Number = message.Key.Number,
            Rooms = message.Options.Rooms,
            IsReceived = true,
            Time = time,
        };
        return definition.Decode(message.PacketData, origin).InvokeAsync(handler, receiver: null, cancellationToken);
    }

    private static ClusterMessage Decode(in StoredEvent stored, string busNamespace) => stored.IsAttached
        ? NotificationDecoder.DecodeAttachment(stored.Body, busNamespace)
        : NotificationDecoder.Decode(stored.Body, busNamespace, out _)
            ?? throw new EventSerializationException($"The attachment of {stored.Identity} is not in the journal.");
}

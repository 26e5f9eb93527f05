using System.Collections.Concurrent;
using EventBus.Transport;
using EventBus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventBus.Tests.Cluster;

/// <summary>The transport of one process on a <see cref="Hub"/>.</summary>
internal sealed class HubTransport(Hub hub) : ITransport, IPublishPipeline
{
    private readonly ConcurrentDictionary<string, string> _channels = []; // Namespaces are joined and left in the background.
    private ITransportReceiver? _receiver;

    public IPublishPipeline Publisher => this;

    public ReceptionProgress Progress { get; set; }

    public Backends Backends { get; } = new(lookUp: null, static () => { }, TimeProvider.System, NullLogger.Instance);

    public IJournal Journal => throw new NotSupportedException("It has no journal.");

    /// <summary>The channels to which it listens.</summary>
    public IReadOnlyCollection<string> Channels => [.. _channels.Keys];

    public bool IsDrained { get; private set; }

    /// <summary>Whether its messages vanish, like those of a killed process.</summary>
    public bool IsCutOff { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>The exception of the next publish, once.</summary>
    public Exception? PublishFailure { get; set; }

    /// <summary>A task that the next LISTEN awaits, once; it may fail.</summary>
    public Task? NextListening { get; set; }

    /// <summary>A task for which draining waits.</summary>
    public Task Draining { get; set; } = Task.CompletedTask;

    /// <summary>The exception of the next UNLISTEN, once.</summary>
    public Exception? UnlistenFailure { get; set; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken)
    {
        _receiver = receiver;
        receiver.OnConnectedChanged(true);
        return Task.CompletedTask;
    }

    public async Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken)
    {
        if (NextListening is { } listening)
        {
            NextListening = null;
            await listening;
        }

        _channels[channel] = busNamespace;
    }

    public Task UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        _channels.TryRemove(channel, out _);
        if (UnlistenFailure is not { } failure)
            return Task.CompletedTask;
        UnlistenFailure = null;
        return Task.FromException(failure);
    }

    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            if (PublishFailure is { } failure)
            {
                PublishFailure = null;
                return ValueTask.FromException(failure);
            }

            if (hub.IsDown)
                return ValueTask.FromException(new EventNotSentException("The hub is down."));
            if (cancellationToken.IsCancellationRequested)
                return ValueTask.FromCanceled(cancellationToken);
            if (!IsCutOff)
                hub.Publish(message);
        }

        return ValueTask.CompletedTask;
    }

    public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages)
    {
        if (!hub.IsDown && !IsCutOff)
            hub.Publish(messages);
        foreach (var message in messages)
            message.Dispose();
        return !hub.IsDown;
    }

    public void PostLast(params ReadOnlySpan<OutgoingMessage> messages) => TryPost(messages);

    public Task DrainAsync(CancellationToken cancellationToken)
    {
        IsDrained = true;
        return Draining;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _channels.Clear();
        return ValueTask.CompletedTask;
    }

    public void LoseConnection() => _receiver!.OnConnectedChanged(false);

    public void Reconnect()
    {
        _receiver!.OnConnectedChanged(true);
        _receiver.OnListeningAgain();
    }

    public void Receive(string channel, byte[] payload, int pid = 0)
    {
        if (!_channels.TryGetValue(channel, out var busNamespace))
            return;
        var message = NotificationDecoder.Decode(payload, busNamespace, out _)!;
        message.Pid = pid;
        _receiver!.OnMessage(message);
    }

    public void Receive(OutgoingMessage message)
    {
        if (!message.IsAttached)
        {
            Receive(message.Channel, message.Payload.ToArray());
            return;
        }

        if (!_channels.TryGetValue(message.Channel, out var busNamespace))
            return;

        byte[] header = [.. message.Head.Span, (byte)'1', .. message.Tail.Span];
        NotificationDecoder.Decode(header, busNamespace, out var attachment);
        _receiver!.OnMessage(NotificationDecoder.DecodeAttachment(message.Attachment.ToArray(), busNamespace, attachment));
    }
}

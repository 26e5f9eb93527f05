using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Contenders;

/// <summary>Sends to a group through SignalR's Redis backplane.</summary>
internal sealed class SignalRPublisher : IPublisher
{
    /// <summary>SignalR has an envelope of its own; with this argument its message is as long as that of the others.</summary>
    private static readonly string Padding = new('x', 112);

    private readonly SignalRBackplane _backplane = new();
    private readonly SlidingWindow _window = new(512);

    /// <summary>The backplane connects with the first event.</summary>
    public async Task ConnectAsync() => await PublishAsync(0, -1);

    public ValueTask PublishAsync(long sentAt, long number) => new(SendAsync(sentAt, number));

    public ValueTask PostAsync(long sentAt, long number)
    {
        var sent = SendAsync(sentAt, number);
        return _window.CountsLast() || sent.IsFaulted ? _window.AwaitPreviousAsync(sent) : ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync()
    {
        await _window.FlushAsync();
        await PublishAsync(0, -1);
    }

    public ValueTask DisposeAsync() => _backplane.DisposeAsync();

    private Task SendAsync(long sentAt, long number) =>
        _backplane.Hub.SendGroupAsync(EventText.Room, SignalRBackplane.Event, [sentAt, number, Padding]);
}

using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Durable;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.Hosting;

/// <summary>
/// Starts a bus and its receivers before the hosted services of the application, and stops the bus after them. Its handlers are called only
/// while the application runs.
/// </summary>
internal sealed class EventBusHostedService(EventBusRegistration registration, IServiceProvider services)
    : IHostedLifecycleService, IDisposable
{
    private readonly Bus _bus = services.GetRequiredKeyedService<Bus>(registration.Key);
    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly TimeSpan _stopTimeout = registration.OptionsOf(services).StopTimeout;
    private readonly Lock _lock = new();
    private readonly List<IAsyncDisposable> _receivers = []; // sockets, and groups
    private HandlerHost? _host;
    private bool _hasLifecycle;
    private bool _isStopping;
    private TimeSpan _stopTime;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _hasLifecycle = true;
        return ConnectAsync(cancellationToken);
    }

    // An older host, which knows no lifecycle, calls only StartAsync and StopAsync.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_hasLifecycle)
            return;
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        _host!.Open();
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _host!.Open();
        return Task.CompletedTask;
    }

    /// <summary>
    /// The sockets leave their rooms, and the queued events are handled, before the application's services stop. It takes at most half of
    /// the time for the stop.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_host is null)
            return;
        var began = _time.GetTimestamp();
        IAsyncDisposable[] receivers;
        lock (_lock)
        {
            _isStopping = true;
            receivers = [.. _receivers];
        }

        var ending = Task.WhenAll(receivers.Select(static receiver => receiver.DisposeAsync().AsTask()).Append(_host.StopAsync()));
        await ending.WaitAsync(_stopTimeout / 2, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Close();
        _stopTime = _time.GetElapsedTime(began);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_hasLifecycle)
            return;
        await StoppingAsync(cancellationToken).ConfigureAwait(false);
        await StoppedAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var left = new CancellationTokenSource(_stopTimeout - _stopTime, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(left.Token, cancellationToken);
        await _bus.StopAsync(limit.Token).ConfigureAwait(false);
    }

    public void Dispose() => _host?.Dispose();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _host = new HandlerHost(services, registration, _bus.Diagnostics, _bus.Stop);
        foreach (var prepare in registration.Preparations)
            prepare(_host, _bus);
        Func<CancellationToken, Task>[] receivers =
        [
            .. registration.Receivers.Select(create => create(_host)).Select(AddSocket),
            .. registration.Durables.Select(durable => AddGroup(durable, durable.Create(_host))),
        ];
        await _bus.StartAsync(cancellationToken).ConfigureAwait(false);

        // The bus may have started without its database. Then its sockets join when it is connected.
        var isConnected = _bus.State != BusState.Starting;
        foreach (var addAsync in receivers)
        {
            if (isConnected)
                await addAsync(cancellationToken).ConfigureAwait(false);
            else
                _ = BackgroundWork.Run(() => AddLaterAsync(addAsync, _host)); // It catches every exception.
        }
    }

    private Func<CancellationToken, Task> AddSocket(Func<Bus, CancellationToken, ValueTask<LocalSocket>> addAsync) =>
        async cancellationToken => Keep(await addAsync(_bus, cancellationToken).ConfigureAwait(false));

    private Func<CancellationToken, Task> AddGroup(DurableRegistration durable, IDurableHandler handler) =>
        async cancellationToken => Keep(
            await durable.StartAsync(handler, _bus, registration.OptionsOf(services), _time, cancellationToken).ConfigureAwait(false));

    private async Task AddLaterAsync(Func<CancellationToken, Task> addAsync, HandlerHost host)
    {
        var backoff = new Backoff(Random.Shared);
        for (var isReported = false; !host.Stop.IsCancellationRequested; isReported = true)
        {
            try
            {
                await addAsync(host.Stop).ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                if (!isReported && !host.Stop.IsCancellationRequested)
                {
                    host.Diagnostics.Logger.ReceiverNotAdded(exception);
                    host.Diagnostics.Report(exception);
                }
            }

            await Task.Delay(backoff.Next(), _time, host.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A socket that joins while the host stops leaves again.
    private void Keep(IAsyncDisposable receiver)
    {
        lock (_lock)
        {
            if (!_isStopping)
            {
                _receivers.Add(receiver);
                return;
            }
        }

        _ = receiver.DisposeAsync().AsTask(); // It waits for no handler, because none is called any more.
    }
}

/// <summary>
/// Connects a publisher before the hosted services of the application, and publishes the last events after they have stopped.
/// </summary>
internal sealed class PublisherHostedService(EventBusRegistration registration, IServiceProvider services) : IHostedLifecycleService
{
    private readonly EventBusPublisher _publisher = services.GetRequiredKeyedService<EventBusPublisher>(registration.Key);
    private bool _hasLifecycle;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _hasLifecycle = true;
        return ConnectAsync(cancellationToken);
    }

    // As in EventBusHostedService.
    public Task StartAsync(CancellationToken cancellationToken) =>
        _hasLifecycle ? Task.CompletedTask : ConnectAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        _hasLifecycle ? Task.CompletedTask : _publisher.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => _publisher.StopAsync(cancellationToken);

    private Task ConnectAsync(CancellationToken cancellationToken) =>
        registration.OptionsOf(services).AllowDegradedStart ? Task.CompletedTask : _publisher.ConnectedAsync(cancellationToken);
}

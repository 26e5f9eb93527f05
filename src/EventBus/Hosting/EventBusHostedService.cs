using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.Hosting;

/// <summary>
/// Starts a bus and its receivers before the hosted services of the application, and stops the bus after them. Its handlers are called only
/// while the application runs.
/// </summary>
internal sealed class EventBusHostedService(EventBusRegistration registration, IServiceProvider services) : IHostedLifecycleService
{
    private readonly Bus _bus = services.GetRequiredKeyedService<Bus>(registration.Key);
    private readonly List<LocalSocket> _receivers = [];
    private HandlerHost? _host;
    private bool _hasLifecycle;

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

    /// <summary>The sockets leave their rooms, and the queued events are handled, before the application's services stop.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        LocalSocket[] receivers;
        lock (_receivers)
            receivers = [.. _receivers];
        await Task.WhenAll(receivers.Select(static receiver => receiver.DisposeAsync().AsTask()))
            .WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host?.Close();
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _hasLifecycle ? Task.CompletedTask : _bus.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => _bus.StopAsync(cancellationToken);

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _host = new HandlerHost(services, registration, _bus.Diagnostics, _bus.Stop);
        foreach (var prepare in registration.Preparations)
            prepare(_host, _bus);
        await _bus.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_bus.State == BusState.Starting)
            _ = BackgroundWork.Run(() => AddLaterAsync(_host)); // It catches every exception.
        else
            await AddReceiversAsync(_host, cancellationToken).ConfigureAwait(false);
    }

    // The bus has started without its database. Its sockets join when it is connected.
    private async Task AddLaterAsync(HandlerHost host)
    {
        try
        {
            await AddReceiversAsync(host, host.Stop).ConfigureAwait(false);
        }
        catch (Exception) when (host.Stop.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            host.Diagnostics.Logger.ReceiversNotAdded(exception);
            host.Diagnostics.Report(exception);
        }
    }

    private async Task AddReceiversAsync(HandlerHost host, CancellationToken cancellationToken)
    {
        foreach (var receiver in registration.Receivers)
        {
            var socket = await receiver.AddAsync(host, _bus, cancellationToken).ConfigureAwait(false);
            lock (_receivers)
                _receivers.Add(socket);
        }
    }
}

/// <summary>
/// Connects a publisher before the hosted services of the application, and publishes the last events after they have stopped.
/// </summary>
internal sealed class PublisherHostedService(EventBusRegistration registration, IServiceProvider services) : IHostedLifecycleService
{
    private readonly EventBusPublisher _publisher = services.GetRequiredKeyedService<EventBusPublisher>(registration.Key);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!registration.OptionsOf(services).AllowDegradedStart)
            await _publisher.FirstAttempt.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => _publisher.StopAsync(cancellationToken);
}

using EventBus.Durable;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Hosting;

/// <summary>Configures a handler of a bus, and goes on with the bus.</summary>
public sealed class EventBusHandlerBuilder : EventBusBuilder
{
    private readonly EventBusRegistration _registration;
    private readonly CreateReceiver _receiver;
    private readonly Func<HandlerHost, IDurableHandler> _create;
    private readonly string[] _rooms;

    internal EventBusHandlerBuilder(
        IServiceCollection services,
        EventBusRegistration registration,
        CreateReceiver receiver,
        Func<HandlerHost, IDurableHandler> create,
        string[] rooms)
        : base(services, registration)
    {
        (_registration, _receiver, _create, _rooms) = (registration, receiver, create, rooms);
    }

    /// <summary>
    /// Makes the handler durable: it handles each event that commits in the journal, also those from before its start. All nodes with a
    /// handler of the same group share the work: each event is handled by one of them.
    /// </summary>
    /// <remarks>
    /// <para>An event is handled at least once: again if the process ends before its position is stored. What the handler writes in
    /// <see cref="DurableContext.Transaction"/> is written exactly once. The events of a partition are handled in the order of the journal,
    /// one after another.</para>
    /// <para>All events of the contract need <see cref="JournaledAttribute"/>, and with more than one partition each needs a
    /// <see cref="PartitionKeyAttribute"/>. A bus in memory has no durable handlers.</para>
    /// </remarks>
    /// <param name="group">The name of the group in the database, at most 200 characters. Each contract and class needs its own.</param>
    /// <param name="partitions">
    /// The number of partitions, from 1 to 1024: so many nodes can work at the same time. The first node of the group decides, and others
    /// with another number use its.
    /// </param>
    /// <param name="configure">Changes the settings; null: the defaults.</param>
    /// <exception cref="ArgumentException">The name, the number or a setting is not valid.</exception>
    /// <exception cref="InvalidOperationException">The bus has the group already, or the handler is durable already.</exception>
    public EventBusBuilder Durable(string group, int partitions = 1, Action<DurableOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        var options = new DurableOptions();
        configure?.Invoke(options);
        var durable = new DurableRegistration(group, partitions, options, _rooms, _create);
        durable.ThrowIfInvalid();
        if (_registration.Durables.Any(present => present.Group == group))
            throw new InvalidOperationException($"The bus has a durable handler of the group '{group}' already. Each needs its own group.");
        if (!_registration.Receivers.Remove(_receiver))
            throw new InvalidOperationException("The handler is durable already.");
        _registration.Durables.Add(durable);
        return this;
    }
}

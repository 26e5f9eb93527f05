using EventBus.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>The bus or publisher that a context sends through.</summary>
internal abstract class EventSender
{
    /// <summary>The operator of a contract in a transaction.</summary>
    public abstract TransactionOperator<TContract> Within<TContract>(NpgsqlTransaction transaction)
        where TContract : class;

    /// <summary>The operator of a contract in the transaction that a connection is enlisted in.</summary>
    public abstract TransactionOperator<TContract> Within<TContract>(NpgsqlConnection connection)
        where TContract : class;

    public static EventSender Of(IEventBus bus) => new BusSender(bus);

    public static EventSender Of(EventBusPublisher publisher) => new PublisherSender(publisher);

    /// <summary>The bus of the services, or else their publisher.</summary>
    /// <exception cref="InvalidOperationException">They have neither.</exception>
    public static EventSender Of(IServiceProvider? services) =>
        services?.GetService<IEventBus>() is { } bus ? Of(bus)
        : services?.GetService<EventBusPublisher>() is { } publisher ? Of(publisher)
        : throw new InvalidOperationException(
            services is null
                ? "UseEventBus has no services to take the bus from. Pass a bus, a publisher or the services to it, or add the context "
                    + "with AddDbContext."
                : "UseEventBus found neither an IEventBus nor an EventBusPublisher in the services. Call AddEventBus, add a publisher as a "
                    + "singleton, or pass one of them to UseEventBus.");

    private sealed class BusSender(IEventBus bus) : EventSender
    {
        public override TransactionOperator<TContract> Within<TContract>(NpgsqlTransaction transaction) =>
            bus.Emitter<TContract>().Within(transaction);

        public override TransactionOperator<TContract> Within<TContract>(NpgsqlConnection connection) =>
            bus.Emitter<TContract>().Within(connection);
    }

    private sealed class PublisherSender(EventBusPublisher publisher) : EventSender
    {
        public override TransactionOperator<TContract> Within<TContract>(NpgsqlTransaction transaction) =>
            publisher.Emitter<TContract>().Within(transaction);

        public override TransactionOperator<TContract> Within<TContract>(NpgsqlConnection connection) =>
            publisher.Emitter<TContract>().Within(connection);
    }
}

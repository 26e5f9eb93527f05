using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace EventBus.EntityFrameworkCore;

/// <summary>Lets a context send events with <c>SaveChanges</c>.</summary>
/// <remarks>
/// Works with <c>AddDbContext</c>, <c>AddDbContextPool</c> and <c>AddDbContextFactory</c>, and with contexts that you create. The database
/// of the context must be that of the bus. The order of this call and <c>UseNpgsql</c> does not matter.
/// </remarks>
public static class EventBusDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Sends through the <see cref="IEventBus"/> of the application's services, or else through their <see cref="EventBusPublisher"/>. It
    /// is looked up when the first event is sent; if there is neither, <c>SaveChanges</c> throws an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="services">The services; null: the services that <c>AddDbContext</c> passes to the context.</param>
    public static DbContextOptionsBuilder UseEventBus(this DbContextOptionsBuilder builder, IServiceProvider? services = null) =>
        builder.Use(application => EventSender.Of(services ?? application));

    /// <summary>Sends through a bus, which may start later.</summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="bus">The bus. The context does not dispose it.</param>
    public static DbContextOptionsBuilder UseEventBus(this DbContextOptionsBuilder builder, IEventBus bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        var sender = EventSender.Of(bus);
        return builder.Use(_ => sender);
    }

    /// <summary>Sends through a publisher.</summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="publisher">The publisher. The context does not dispose it.</param>
    public static DbContextOptionsBuilder UseEventBus(this DbContextOptionsBuilder builder, EventBusPublisher publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        var sender = EventSender.Of(publisher);
        return builder.Use(_ => sender);
    }

    /// <inheritdoc cref="UseEventBus(DbContextOptionsBuilder, IServiceProvider?)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseEventBus<TContext>(
        this DbContextOptionsBuilder<TContext> builder, IServiceProvider? services = null)
        where TContext : DbContext
        => (DbContextOptionsBuilder<TContext>)((DbContextOptionsBuilder)builder).UseEventBus(services);

    /// <inheritdoc cref="UseEventBus(DbContextOptionsBuilder, IEventBus)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseEventBus<TContext>(this DbContextOptionsBuilder<TContext> builder, IEventBus bus)
        where TContext : DbContext
        => (DbContextOptionsBuilder<TContext>)((DbContextOptionsBuilder)builder).UseEventBus(bus);

    /// <inheritdoc cref="UseEventBus(DbContextOptionsBuilder, EventBusPublisher)"/>
    /// <typeparam name="TContext">The context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseEventBus<TContext>(
        this DbContextOptionsBuilder<TContext> builder, EventBusPublisher publisher)
        where TContext : DbContext
        => (DbContextOptionsBuilder<TContext>)((DbContextOptionsBuilder)builder).UseEventBus(publisher);

    private static DbContextOptionsBuilder Use(this DbContextOptionsBuilder builder, Func<IServiceProvider?, EventSender> findSender)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new EventBusOptionsExtension(findSender));
        return builder;
    }
}

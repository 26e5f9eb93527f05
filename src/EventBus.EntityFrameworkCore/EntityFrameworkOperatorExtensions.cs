using EventBus.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

// The namespace of the operators: if you can write 'emitter', you can write 'emitter.Within(db)'.
namespace EventBus;

/// <summary>Sends inside the transaction of a <see cref="DbContext"/>.</summary>
public static class EntityFrameworkOperatorExtensions
{
    /// <summary>
    /// Sends inside the current transaction of a context, on its connection: the events are delivered if and only if it commits. In a
    /// <c>TransactionScope</c>, open the connection of the context before.
    /// </summary>
    /// <remarks>
    /// The events are sent at once, before <c>SaveChanges</c> writes rows. To send them with <c>SaveChanges</c>, raise them on the context.
    /// </remarks>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="emitter">The emitter or operator.</param>
    /// <param name="context">
    /// A context with a transaction, by <c>Database.BeginTransactionAsync</c>, <c>Database.UseTransactionAsync</c> or a
    /// <c>TransactionScope</c>, in the database of the bus.
    /// </param>
    /// <exception cref="InvalidOperationException">The context has no transaction, or its database is not PostgreSQL.</exception>
    public static TransactionOperator<TContract> Within<TContract>(this Emitter<TContract> emitter, DbContext context)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return CurrentTransaction.Of(context, emitter.Within, emitter.Within);
    }

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, DbContext)"/>
    public static TransactionOperator<TContract> Within<TContract>(this Publisher<TContract> emitter, DbContext context)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return CurrentTransaction.Of(context, emitter.Within, emitter.Within);
    }

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, DbContext)"/>
    public static TransactionOperator<TContract> Within<TContract>(this BroadcastOperator<TContract> emitter, DbContext context)
        where TContract : class
        => CurrentTransaction.Of(context, emitter.Within, emitter.Within);

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, DbContext)"/>
    public static TransactionOperator<TContract> Within<TContract>(this PublisherOperator<TContract> emitter, DbContext context)
        where TContract : class
        => CurrentTransaction.Of(context, emitter.Within, emitter.Within);

    /// <summary>Sends inside a transaction of EF Core, on its connection: the events are delivered if and only if it commits.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="emitter">The emitter or operator.</param>
    /// <param name="transaction">The result of <c>Database.BeginTransactionAsync</c>.</param>
    /// <exception cref="InvalidOperationException">It is no transaction of PostgreSQL.</exception>
    public static TransactionOperator<TContract> Within<TContract>(this Emitter<TContract> emitter, IDbContextTransaction transaction)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return emitter.Within(CurrentTransaction.Of(transaction));
    }

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, IDbContextTransaction)"/>
    public static TransactionOperator<TContract> Within<TContract>(this Publisher<TContract> emitter, IDbContextTransaction transaction)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(emitter);
        return emitter.Within(CurrentTransaction.Of(transaction));
    }

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, IDbContextTransaction)"/>
    public static TransactionOperator<TContract> Within<TContract>(
        this BroadcastOperator<TContract> emitter, IDbContextTransaction transaction)
        where TContract : class
        => emitter.Within(CurrentTransaction.Of(transaction));

    /// <inheritdoc cref="Within{TContract}(Emitter{TContract}, IDbContextTransaction)"/>
    public static TransactionOperator<TContract> Within<TContract>(
        this PublisherOperator<TContract> emitter, IDbContextTransaction transaction)
        where TContract : class
        => emitter.Within(CurrentTransaction.Of(transaction));
}

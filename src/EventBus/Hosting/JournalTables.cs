using EventBus.Transport.Sql;

namespace EventBus.Hosting;

/// <summary>
/// The SQL of the journal: the table that events with <see cref="JournaledAttribute"/> are written to, and the tables beside it. Use it in
/// a migration if you set <see cref="EventBusOptions.CreateTable"/> to <see langword="false"/>.
/// </summary>
/// <remarks>
/// Of the options, <see cref="EventBusOptions.JournalTable"/> and <see cref="EventBusOptions.JournalRetention"/> are used; null means the
/// defaults. The tables need PostgreSQL 13 or later.
/// </remarks>
public static class JournalTables
{
    /// <summary>The statements that create the journal and its first partitions, as a bus runs them when the journal is missing.</summary>
    /// <param name="options">The options of the bus or publisher.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static string CreateSql(EventBusOptions? options = null) => Schema(options).CreateSql;

    /// <summary>
    /// The same in one statement that does nothing if the journal exists. A publisher that creates the journal meanwhile waits until the
    /// transaction ends.
    /// </summary>
    /// <inheritdoc cref="CreateSql"/>
    public static string CreateIfMissingSql(EventBusOptions? options = null) => Schema(options).CreateIfMissingSql;

    /// <summary>
    /// One statement that makes the partitions of the next hours and removes the partitions that are older than
    /// <see cref="EventBusOptions.JournalRetention"/>. A publisher or node whose role owns the journal runs it while it writes events. If
    /// none of them does, run it as the owner at least twice an hour. Running it more often, or at the same time, does no harm.
    /// </summary>
    /// <inheritdoc cref="CreateSql"/>
    public static string MaintainSql(EventBusOptions? options = null) => Schema(options).MaintainSql;

    /// <summary>The statements that remove the journal with all events in it, and the tables beside it.</summary>
    /// <inheritdoc cref="CreateSql"/>
    public static string DropSql(EventBusOptions? options = null) => Schema(options).DropSql;

    private static JournalSchema Schema(EventBusOptions? options)
    {
        options ??= new EventBusOptions();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        return new JournalSchema(new JournalNames(options.JournalTable), options.JournalRetention);
    }
}

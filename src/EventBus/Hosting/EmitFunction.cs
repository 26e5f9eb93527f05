using EventBus.Transport.Sql;

namespace EventBus.Hosting;

/// <summary>
/// The SQL of a function that emits events from the database: from triggers, scheduled jobs, and programs in other languages. Use it in a
/// migration.
/// </summary>
/// <remarks>
/// <para>The function is <c>emit(namespace text, event text, args jsonb, rooms text[], except_rooms text[], volatile boolean, compress
/// boolean)</c>. Only the first two parameters are required. It sends the event in the transaction of its caller, as
/// <see cref="TransactionOperator{TContract}"/> does: the event is delivered if and only if the transaction commits. It runs with the
/// privileges of its caller and with a search path of its own.</para>
/// <para>The channel prefix, the attachment table and the threshold are constants of the function. If you change them, create the function
/// again. It needs PostgreSQL 13 or later and a database with <c>ENCODING 'UTF8'</c>.</para>
/// </remarks>
public static class EmitFunction
{
    /// <summary>The schema of the function by default.</summary>
    public const string DefaultSchema = "eventbus";

    /// <summary>
    /// The statements that create the function, or replace it if it exists. They also create the schema if it is missing. The attachment
    /// table must exist. They raise an error if the search path finds another table with its name, if another role owns the schema or one
    /// of the functions, or if every role can create objects in the schema: then another role could have its code executed by the callers.
    /// </summary>
    /// <param name="options">
    /// The options of the bus. <see cref="EventBusOptions.ChannelPrefix"/>, <see cref="EventBusOptions.TableName"/> and
    /// <see cref="EventBusOptions.PayloadThreshold"/> are used; null means the defaults. The function has no search path to look a table
    /// up, so a table without a schema is the one in <c>public</c>.
    /// </param>
    /// <param name="schema">The schema of the function.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    /// <exception cref="ArgumentException">
    /// PostgreSQL has no such names: one is empty, longer than 63 bytes, or holds NUL or a lone surrogate.
    /// </exception>
    public static string CreateSql(EventBusOptions? options = null, string schema = DefaultSchema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        options ??= new EventBusOptions();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        return new EmitSchema(schema).CreateSql(options);
    }

    /// <summary>The statements that remove the function. They keep the schema, which may contain other objects.</summary>
    /// <param name="schema">The schema of the function.</param>
    /// <exception cref="ArgumentException">PostgreSQL has no such name.</exception>
    public static string DropSql(string schema = DefaultSchema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new EmitSchema(schema).DropSql;
    }
}

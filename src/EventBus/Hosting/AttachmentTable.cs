using EventBus.Transport.Sql;

namespace EventBus.Hosting;

/// <summary>
/// The SQL of the attachment table. Use it in a migration if you set <see cref="EventBusOptions.CreateTable"/> to <see langword="false"/>.
/// </summary>
public static class AttachmentTable
{
    /// <summary>
    /// The statements that create the table and its index, as a bus runs them when the table is missing. Socket.IO's adapter and emitter
    /// can use the table as well.
    /// </summary>
    /// <param name="tableName">The table, as <c>table</c> or <c>schema.table</c>.</param>
    /// <exception cref="ArgumentException">
    /// PostgreSQL has no such names: one is empty, longer than 63 bytes, or holds NUL or a lone surrogate.
    /// </exception>
    public static string CreateSql(string tableName = EventBusDefaults.TableName) => new AttachmentSchema(tableName).CreateSql;

    /// <summary>
    /// The same in one statement that does nothing if the table exists, such as the one of a Socket.IO server. A node that starts
    /// meanwhile waits until the transaction ends.
    /// </summary>
    /// <inheritdoc cref="CreateSql(string)"/>
    public static string CreateIfMissingSql(string tableName = EventBusDefaults.TableName) =>
        new AttachmentSchema(tableName).CreateIfMissingSql;
}

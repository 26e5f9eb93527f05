using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Adds the attachment table to a model, so that migrations and <c>EnsureCreated</c> create it.</summary>
public static class EventBusModelBuilderExtensions
{
    /// <summary>The annotation of the entity type of the table.</summary>
    internal const string AttachmentTableAnnotation = "EventBus:AttachmentTable";

    /// <summary>
    /// Adds the attachment table of EventBus to the model. Set <see cref="EventBusOptions.CreateTable"/> to <see langword="false"/> for all
    /// nodes and publishers, so that only your migrations create it.
    /// </summary>
    /// <remarks>
    /// If the options of the context have <c>UseEventBus</c>, as they need for migrations too, the table and its index are created exactly
    /// as a bus does it, and an existing table stays as it is. Without it, EF Core creates the table itself: it works, but its payloads are
    /// compressed, and an existing table is an error.
    /// </remarks>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="tableName">
    /// The table, as <c>table</c> or <c>schema.table</c>: the value of <see cref="EventBusOptions.TableName"/>. A name without a schema is
    /// in the default schema of the model; if there is one, name it in <see cref="EventBusOptions.TableName"/>.
    /// </param>
    public static ModelBuilder UseEventBus(this ModelBuilder modelBuilder, string tableName = EventBusDefaults.TableName)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        var dot = tableName.IndexOf('.', StringComparison.Ordinal);
        var table = tableName[(dot + 1)..];
        modelBuilder.SharedTypeEntity<Dictionary<string, object>>("EventBusAttachment", row =>
        {
            row.ToTable(table, dot < 0 ? null : tableName[..dot]);
            row.HasAnnotation(AttachmentTableAnnotation, true);
            row.IndexerProperty<long>("Id").HasColumnName("id").UseIdentityByDefaultColumn();
            row.IndexerProperty<DateTime>("CreatedAt")
                .HasColumnName("created_at").HasColumnType("timestamp with time zone").HasDefaultValueSql("clock_timestamp()");
            row.IndexerProperty<byte[]?>("Payload").HasColumnName("payload").HasColumnType("bytea").IsRequired(false);
            row.HasKey("Id").HasName($"{table}_pkey");
            row.HasIndex("CreatedAt").HasDatabaseName($"{table}_created_at_idx");
        });
        return modelBuilder;
    }
}

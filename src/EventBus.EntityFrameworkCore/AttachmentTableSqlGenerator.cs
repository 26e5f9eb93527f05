using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Creates the attachment table of the model by the SQL of EventBus, unless it exists. EF Core can describe neither the storage of its
/// payloads nor a table that may exist.
/// </summary>
internal sealed class AttachmentTableSqlGenerator(IMigrationsSqlGenerator inner) : IMigrationsSqlGenerator
{
    public IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        var tables = Tables(model);
        var created = operations.OfType<CreateTableOperation>().Where(table => tables.Contains((table.Schema, table.Name))).ToList();
        return inner.Generate(created.Count == 0 ? operations : [.. Replace(operations, created)], model, options);
    }

    private static HashSet<(string? Schema, string Name)> Tables(IModel? model) =>
    [
        .. from type in model?.GetEntityTypes() ?? []
           where type.FindAnnotation(EventBusModelBuilderExtensions.AttachmentTableAnnotation) is not null
           select (type.GetSchema(), type.GetTableName()!),
    ];

    private static IEnumerable<MigrationOperation> Replace(
        IEnumerable<MigrationOperation> operations, IReadOnlyCollection<CreateTableOperation> created) =>
        operations
            .Where(operation => operation is not CreateIndexOperation index
                || !created.Any(table => (table.Schema, table.Name) == (index.Schema, index.Table)))
            .Select(operation => operation is CreateTableOperation table && created.Contains(table)
                ? new SqlOperation { Sql = AttachmentTable.CreateIfMissingSql(NameOf(table)) }
                : operation);

    private static string NameOf(CreateTableOperation table) => table.Schema switch
    {
        null => table.Name,
        { } schema when schema.Contains('.', StringComparison.Ordinal) => throw new InvalidOperationException(
            $"The attachment table cannot be in the schema '{schema}': EventBusOptions.TableName has no name for a schema with a dot. Name "
            + "another one in modelBuilder.UseEventBus(\"schema.table\")."),
        var schema => $"{schema}.{table.Name}",
    };
}

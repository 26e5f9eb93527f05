using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>A context whose only table is the attachment table, created by a migration.</summary>
public sealed class MigratedContext(DbContextOptions<MigratedContext> options) : DbContext(options)
{
    internal static MigratedContext In(OwnDatabase database) => new(
        new DbContextOptionsBuilder<MigratedContext>().UseNpgsql(database.DataSource).UseEventBus().Options);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseEventBus("shop.events");
}

/// <summary>As <c>dotnet ef migrations add</c> writes it.</summary>
[DbContext(typeof(MigratedContext))]
[Migration("20260101000000_First")]
public sealed class FirstMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.EnsureSchema(name: "shop");
        migrationBuilder.CreateTable(
            name: "events",
            schema: "shop",
            columns: table => new
            {
                id = table.Column<long>(type: "bigint", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                created_at = table.Column<DateTime>(
                    type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                payload = table.Column<byte[]>(type: "bytea", nullable: true),
            },
            constraints: table => table.PrimaryKey("events_pkey", row => row.id));
        migrationBuilder.CreateIndex(name: "events_created_at_idx", schema: "shop", table: "events", column: "created_at");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "events", schema: "shop");

    protected override void BuildTargetModel(ModelBuilder modelBuilder) => MigratedContextSnapshot.Build(modelBuilder);
}

/// <summary>The model after the last migration.</summary>
[DbContext(typeof(MigratedContext))]
public sealed class MigratedContextSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => Build(modelBuilder);

    internal static void Build(ModelBuilder modelBuilder) => modelBuilder.Entity("EventBusAttachment", row =>
    {
        row.Property<long>("Id").ValueGeneratedOnAdd().HasColumnType("bigint").HasColumnName("id");
        NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(row.Property<long>("Id"));
        row.Property<DateTime>("CreatedAt").ValueGeneratedOnAdd().HasColumnType("timestamp with time zone").HasColumnName("created_at")
            .HasDefaultValueSql("clock_timestamp()");
        row.Property<byte[]>("Payload").HasColumnType("bytea").HasColumnName("payload");
        row.HasKey("Id").HasName("events_pkey");
        row.HasIndex("CreatedAt").HasDatabaseName("events_created_at_idx");
        row.ToTable("events", "shop");
        row.HasAnnotation("EventBus:AttachmentTable", true);
    });
}

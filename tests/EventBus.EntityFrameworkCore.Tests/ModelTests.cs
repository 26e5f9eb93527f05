using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>The attachment table as a part of the model.</summary>
public sealed class ModelTests(DatabaseFixture fixture)
{
    // Socket.IO's adapter creates it in this form.
    private const string TableOfSocketIO = """
        CREATE SCHEMA shop; CREATE TABLE shop.events (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EnsureCreated_creates_the_same_table_as_a_bus(bool isBeforeUseNpgsql)
    {
        await using var expected = await OwnDatabase.CreateAsync(fixture.Server);
        await using var created = await OwnDatabase.CreateAsync(fixture.Server);
        await expected.ExecuteAsync(AttachmentTable.CreateSql());
        var options = new DbContextOptionsBuilder<ShopContext>();
        options = isBeforeUseNpgsql
            ? options.UseEventBus().UseNpgsql(created.DataSource)
            : options.UseNpgsql(created.DataSource).UseEventBus();
        await using (var db = new ShopContext(options.Options))
            Assert.True(await db.Database.EnsureCreatedAsync(Cancellation));

        var catalog = await Catalog.OfAsync(created);
        Assert.Equal(await Catalog.OfAsync(expected), catalog);
        Assert.Equal(3, catalog.Count(static line => line.StartsWith("column", StringComparison.Ordinal)));
        Assert.Equal(0, await created.ScalarAsync<long>("""SELECT count(*) FROM "Orders" """));
    }

    [Fact]
    public async Task Table_without_UseEventBus_differs_only_in_storage()
    {
        await using var expected = await OwnDatabase.CreateAsync(fixture.Server);
        await using var created = await OwnDatabase.CreateAsync(fixture.Server);
        await expected.ExecuteAsync(AttachmentTable.CreateSql());
        await using (var db = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(created.DataSource).Options))
            await db.Database.EnsureCreatedAsync(Cancellation);
        await created.ExecuteAsync("ALTER TABLE socket_io_attachments ALTER COLUMN payload SET STORAGE EXTERNAL");

        Assert.Equal(await Catalog.OfAsync(expected), await Catalog.OfAsync(created));
    }

    [Fact]
    public async Task Migration_creates_the_same_table_as_a_bus()
    {
        await using var expected = await OwnDatabase.CreateAsync(fixture.Server);
        await using var migrated = await OwnDatabase.CreateAsync(fixture.Server);
        await expected.ExecuteAsync("CREATE SCHEMA shop");
        await expected.ExecuteAsync(AttachmentTable.CreateSql("shop.events"));
        await using (var db = MigratedContext.In(migrated))
            await db.Database.MigrateAsync(Cancellation);

        Assert.Equal(await Catalog.OfAsync(expected, "shop.events"), await Catalog.OfAsync(migrated, "shop.events"));
    }

    [Fact]
    public void Schema_with_a_dot_is_refused()
    {
        using var db = new DottedContext(
            new DbContextOptionsBuilder<DottedContext>().UseNpgsql("Host=nowhere").UseEventBus().Options);

        var refused = Assert.Throws<InvalidOperationException>(() => db.Database.GenerateCreateScript());
        Assert.Contains("'shop.events'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_of_the_tools_has_no_pending_changes()
    {
        await using var database = await OwnDatabase.CreateAsync(fixture.Server);
        await using var db = MigratedContext.In(database);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Script_of_the_migration_runs_twice()
    {
        await using var migrated = await OwnDatabase.CreateAsync(fixture.Server);
        await using var db = MigratedContext.In(migrated);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        await migrated.ExecuteAsync(script);
        await migrated.ExecuteAsync(script);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancellation));
        Assert.Equal(0, await migrated.ScalarAsync<long>("SELECT count(*) FROM shop.events"));
    }

    [Fact]
    public async Task Migration_leaves_an_existing_table_as_it_is()
    {
        await using var migrated = await OwnDatabase.CreateAsync(fixture.Server);
        await migrated.ExecuteAsync(TableOfSocketIO);
        var before = await Catalog.OfAsync(migrated, "shop.events");
        await using (var db = MigratedContext.In(migrated))
            await db.Database.MigrateAsync(Cancellation);

        Assert.Equal(before, await Catalog.OfAsync(migrated, "shop.events"));
    }

    [Fact]
    public async Task Bus_with_CreateTable_false_uses_the_table_of_the_migration()
    {
        await using var migrated = await OwnDatabase.CreateAsync(fixture.Server);
        var options = new EventBusOptions { CreateTable = false, TableName = "shop.events" };
        await Assert.ThrowsAsync<EventBusStartException>(() => EventBusNode.StartAsync(migrated.DataSource, options));
        await using (var db = MigratedContext.In(migrated))
            await db.Database.MigrateAsync(Cancellation);

        await using var bus = await EventBusNode.StartAsync(migrated.DataSource, options);
        await bus.Emitter<IShopEvents>().Photo(1, new byte[10], Cancellation);
        Assert.Equal(1, await migrated.ScalarAsync<long>("SELECT count(*) FROM shop.events"));
    }

    [Theory]
    [InlineData("it's \"quoted\"")]
    [InlineData("a$eventbus$b")]
    public async Task CreateIfMissingSql_accepts_every_name(string name)
    {
        await using var expected = await OwnDatabase.CreateAsync(fixture.Server);
        await using var created = await OwnDatabase.CreateAsync(fixture.Server);
        await expected.ExecuteAsync(AttachmentTable.CreateSql(name));
        await created.ExecuteAsync(AttachmentTable.CreateIfMissingSql(name));
        await created.ExecuteAsync(AttachmentTable.CreateIfMissingSql(name));

        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"".Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal(await Catalog.OfAsync(expected, quoted), await Catalog.OfAsync(created, quoted));
    }

    private sealed class DottedContext(DbContextOptions<DottedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.HasDefaultSchema("shop.events").UseEventBus();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Update.Internal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

#pragma warning disable EF1001 // Applications replace these classes of internal namespaces, too.

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Options beside UseEventBus that replace services of EF Core, or its database.</summary>
public sealed class OptionsTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task UseInternalServiceProvider_is_refused()
    {
        await using var services = new ServiceCollection().AddEntityFrameworkNpgsql().BuildServiceProvider();

        AssertRefused(builder => builder.UseInternalServiceProvider(services), "UseInternalServiceProvider");
    }

    [Fact]
    public void Replaced_services_are_refused_unless_they_name_the_replaced_class()
    {
        AssertRefused(
            static builder => builder.ReplaceService<IBatchExecutor, CountingExecutor>(),
            "ReplaceService<IBatchExecutor, BatchExecutor, CountingExecutor>()");
        AssertRefused(
            static builder => builder.ReplaceService<IMigrationsSqlGenerator, OwnGenerator>(),
            "ReplaceService<IMigrationsSqlGenerator, NpgsqlMigrationsSqlGenerator, OwnGenerator>()");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replaced_classes_are_decorated(bool isBeforeUseNpgsql)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>();
        builder = isBeforeUseNpgsql
            ? builder.UseEventBus(_shop.Bus).UseNpgsql(_shop.DataSource)
            : builder.UseNpgsql(_shop.DataSource).UseEventBus(_shop.Bus);
        await using var db = new ShopContext(builder
            .ReplaceService<IBatchExecutor, BatchExecutor, CountingExecutor>()
            .ReplaceService<IMigrationsSqlGenerator, NpgsqlMigrationsSqlGenerator, OwnGenerator>().Options);

        Assert.Contains("-- own", db.Database.GenerateCreateScript(), StringComparison.Ordinal);
        Assert.Contains("SET STORAGE EXTERNAL", db.Database.GenerateCreateScript(), StringComparison.Ordinal);
        var before = CountingExecutor.Calls;
        await PlaceAsync(db);
        Assert.Equal(before + 1, CountingExecutor.Calls);
        await _shop.AssertReceivedAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Executor_of_an_earlier_extension_is_decorated(bool isFactory)
    {
        var before = CountingExecutor.Calls;
        await using var db = new ShopContext(InjectedServices.Inject(
            new DbContextOptionsBuilder<ShopContext>(),
            services => _ = isFactory
                ? services.AddScoped<IBatchExecutor>(static provider => ActivatorUtilities.CreateInstance<CountingExecutor>(provider))
                : services.AddScoped<IBatchExecutor, CountingExecutor>())
            .UseNpgsql(_shop.DataSource).UseEventBus(_shop.Bus).Options);
        await PlaceAsync(db);

        Assert.Equal(before + 1, CountingExecutor.Calls);
        await _shop.AssertReceivedAsync(1);
    }

    [Fact]
    public async Task Executor_of_a_later_extension_is_refused_if_it_replaces_that_of_EventBus()
    {
        await using var db = new ShopContext(InjectedServices.Inject(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(_shop.DataSource).UseEventBus(_shop.Bus),
            static services => services.AddScoped<IBatchExecutor, CountingExecutor>()).Options);
        db.Add(new Order { Number = 1 });
        await db.SaveChangesAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => PlaceAsync(db, 2));
        Assert.Contains("Call UseEventBus after", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Context_of_another_provider_saves_rows_but_no_events()
    {
        await using var db = new LocalContext(
            new DbContextOptionsBuilder<LocalContext>().UseSqlite("Data Source=:memory:").UseEventBus(_shop.Bus).Options);
        await db.Database.OpenConnectionAsync(Cancellation);
        await db.Database.EnsureCreatedAsync(Cancellation);
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            db.Add(new Order { Number = 1 });
            await db.SaveChangesAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        db.Add(new Order { Number = 2 });
        db.Raise<IShopEvents>(shop => shop.Placed(2));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Contains("UseNpgsql", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await db.Orders.CountAsync(Cancellation));
    }

    [Fact]
    public void UseEventBus_before_another_provider_is_refused()
    {
        var builder = new DbContextOptionsBuilder<LocalContext>().UseEventBus(_shop.Bus).UseSqlite("Data Source=:memory:");

        var refused = Assert.Throws<InvalidOperationException>(() => new LocalContext(builder.Options).Dispose());
        Assert.Contains("Call it afterwards", refused.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(Func<DbContextOptionsBuilder<ShopContext>, DbContextOptionsBuilder> configure, string remedy)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>().UseNpgsql(_shop.DataSource).UseEventBus(_shop.Bus);
        configure(builder);

        var refused = Assert.Throws<InvalidOperationException>(() => new ShopContext(builder.Options).Dispose());
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    private static Task<int> PlaceAsync(ShopContext db, int number = 1)
    {
        db.Add(new Order { Number = number });
        db.Raise<IShopEvents>(shop => shop.Placed(number));
        return db.SaveChangesAsync(Cancellation);
    }

    private sealed class LocalContext(DbContextOptions<LocalContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();
    }

    private sealed class CountingExecutor(ICurrentDbContext context, IDiagnosticsLogger<DbLoggerCategory.Update> logger)
        : BatchExecutor(context, logger)
    {
        private static int s_calls;

        public static int Calls => Volatile.Read(ref s_calls);

        public override Task<int> ExecuteAsync(
            IEnumerable<ModificationCommandBatch> commandBatches,
            IRelationalConnection connection,
            CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref s_calls);
            return base.ExecuteAsync(commandBatches, connection, cancellationToken);
        }
    }

    private sealed class OwnGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
        : NpgsqlMigrationsSqlGenerator(dependencies, options)
    {
        public override IReadOnlyList<MigrationCommand> Generate(
            IReadOnlyList<MigrationOperation> operations,
            IModel? model = null,
            MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default) =>
            base.Generate(
                [new SqlOperation { Sql = "-- own" }, .. operations], model, options);
    }
}

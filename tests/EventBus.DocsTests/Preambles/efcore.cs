global using EventBus;
global using EventBus.EntityFrameworkCore;
global using EventBus.Hosting;
global using Microsoft.EntityFrameworkCore;
global using Npgsql;
global using Preamble;
global using static Preamble.EntityFramework;

namespace Preamble;

[BroadcastEvent]
public interface IOrderEvents
{
    ValueTask Placed(Guid order);
    ValueTask Cancelled(Guid order);
}

public sealed class Order
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}

public static class EntityFramework
{
    public static readonly NpgsqlDataSource dataSource = null!;
    public static readonly ShopContext db = null!;
    public static readonly Order order = null!;
    public static readonly Emitter<IOrderEvents> emitter = null!;
}

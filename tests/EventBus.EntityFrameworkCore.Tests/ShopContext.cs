using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore.Tests;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>().HasIndex(order => order.Number).IsUnique();
        modelBuilder.UseEventBus();
    }
}

/// <summary>A row whose key the application generates.</summary>
public sealed class Order
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public int Number { get; set; }
}

/// <summary>A row whose keys the database generates, and that raises events of its own.</summary>
public sealed class Ticket : IRaisesEvents
{
    public int Id { get; private set; }

    public RaisedEvents Events { get; } = new();

    public List<Seat> Seats { get; } = [];

    public void Raise(int? number = null) => Events.Raise<IShopEvents>(shop => shop.Placed(number ?? Id));
}

public sealed class Seat
{
    public int Id { get; private set; }

    public int TicketId { get; private set; }
}

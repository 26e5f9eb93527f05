using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore.Tests;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<Price> Prices => Set<Price>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Price>().Property(price => price.Net);
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

/// <summary>A part of a ticket, which can share its events.</summary>
public sealed class Seat : IRaisesEvents
{
    public int Id { get; private set; }

    public RaisedEvents Events { get; init; } = new();

    public int TicketId { get; private set; }
}

/// <summary>A row with a property that only the constructor sets.</summary>
public sealed class Price(decimal net)
{
    public int Id { get; private set; }

    public decimal Net => net;
}

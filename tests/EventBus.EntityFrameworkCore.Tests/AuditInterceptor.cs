using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Raises an event for each save, after the interceptor of EventBus has seen it.</summary>
internal sealed class AuditInterceptor : SaveChangesInterceptor
{
    public bool Fails { get; set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        eventData.Context!.Raise<IShopEvents>(shop => Fails ? throw new InvalidDataException("provoked") : shop.Placed(1));
        return new(result);
    }
}

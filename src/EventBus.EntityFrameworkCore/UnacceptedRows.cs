using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Finds the entities whose rows the next <c>SaveChanges</c> writes, without looking for new changes.</summary>
internal static class UnacceptedRows
{
    public static List<object> Of(DbContext context)
    {
        using (new UndetectedChanges(context.ChangeTracker))
        {
            return
            [
                .. from entry in context.ChangeTracker.Entries()
                   where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                   select entry.Entity,
            ];
        }
    }
}

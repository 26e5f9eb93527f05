using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Finds the events of the entities that a context tracks.</summary>
internal static class TrackedEvents
{
    /// <summary>The collections that have events. A context without entities that raise events is not searched.</summary>
    public static List<RaisedEvents> Of(DbContext context)
    {
        if (!context.Model.GetEntityTypes().Any(static type => typeof(IRaisesEvents).IsAssignableFrom(type.ClrType)))
            return [];
        using (new UndetectedChanges(context.ChangeTracker)) // EF Core has looked for changes, or will do so.
        {
            return
            [
                .. from entry in context.ChangeTracker.Entries<IRaisesEvents>()
                   where entry.Entity.Events.Count > 0
                   select entry.Entity.Events,
            ];
        }
    }
}

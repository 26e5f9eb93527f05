using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Finds the events of the entities that a context tracks.</summary>
internal static class TrackedEvents
{
    /// <summary>The collections that have events. A context without entities that raise events is not searched.</summary>
    public static IEnumerable<RaisedEvents> Of(DbContext context) =>
        context.Model.GetEntityTypes().Any(static type => typeof(IRaisesEvents).IsAssignableFrom(type.ClrType))
            ? context.ChangeTracker.Entries<IRaisesEvents>()
                .Select(static entry => entry.Entity.Events)
                .Where(static events => events.Count > 0)
            : [];
}

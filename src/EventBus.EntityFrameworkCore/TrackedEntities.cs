using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Queries of the change tracker. They see the state that EF Core has left: it has looked for new changes before, or will do so.
/// </summary>
internal static class TrackedEntities
{
    /// <summary>The collections of events that are not empty. A context without entities that raise events is not searched.</summary>
    public static IReadOnlyList<RaisedEvents> Events(DbContext context) => !RaiseEvents(context) ? [] : Query(
        context,
        static tracker =>
            from entry in tracker.Entries<IRaisesEvents>()
            where entry.Entity.Events.Count > 0
            select entry.Entity.Events);

    /// <summary>The entities whose rows the next <c>SaveChanges</c> writes.</summary>
    public static IReadOnlyList<EntityEntry> Unaccepted(DbContext context) => Query(
        context,
        static tracker => !tracker.HasChanges() ? [] : tracker.Entries().Where(
            static entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted));

    private static bool RaiseEvents(DbContext context) => context.Model.GetOrAddRuntimeAnnotationValue(
        "EventBus:RaiseEvents",
        static model => model!.GetEntityTypes().Any(static type => typeof(IRaisesEvents).IsAssignableFrom(type.ClrType)),
        context.Model);

    private static List<T> Query<T>(DbContext context, Func<ChangeTracker, IEnumerable<T>> query)
    {
        var tracker = context.ChangeTracker;
        var isEnabled = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. query(tracker)];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = isEnabled;
        }
    }
}

using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace EventBus.EntityFrameworkCore;

/// <summary>Lets a query of the change tracker see the state that <c>SaveChanges</c> has left, without looking for new changes.</summary>
internal readonly ref struct UndetectedChanges
{
    private readonly ChangeTracker _tracker;
    private readonly bool _wasEnabled;

    public UndetectedChanges(ChangeTracker tracker)
    {
        _tracker = tracker;
        _wasEnabled = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
    }

    public void Dispose() => _tracker.AutoDetectChangesEnabled = _wasEnabled;
}

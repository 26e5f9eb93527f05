using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The time in which <c>SaveChanges</c> writes rows, in one attempt. Every commit of the context in it is one of <c>SaveChanges</c>. If
/// there are events, the settings of the context are changed until it ends.
/// </summary>
internal sealed class WritingScope : IDisposable
{
    private readonly ContextEvents _owner;
    private readonly DatabaseFacade _database;
    private readonly WritingScope? _outer;
    private readonly (AutoTransactionBehavior Transaction, bool Savepoints) _before;

    public WritingScope(ContextEvents owner, DbContext context, IReadOnlyList<RaisedEvent> events)
    {
        (_owner, _database, _outer, Events) = (owner, context.Database, owner.Writing, events);
        Rows = HasEvents ? TrackedEntities.Unaccepted(context) : [];
        owner.Writing = this;
        if (!HasEvents)
            return;
        _before = (_database.AutoTransactionBehavior, _database.AutoSavepointsEnabled);
        _database.AutoTransactionBehavior = AutoTransactionBehavior.Always; // Also for a single row.
        _database.AutoSavepointsEnabled = false; // The savepoint of the events contains the rows, too.
    }

    /// <summary>The events that were raised before this attempt.</summary>
    public IReadOnlyList<RaisedEvent> Events { get; }

    /// <summary>The entities whose rows are written, if there are events.</summary>
    public IReadOnlyList<EntityEntry> Rows { get; }

    public bool HasEvents => Events.Count > 0;

    public void Dispose()
    {
        _owner.Writing = _outer;
        if (HasEvents)
            (_database.AutoTransactionBehavior, _database.AutoSavepointsEnabled) = _before;
    }
}

using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Makes <c>SaveChanges</c> begin a transaction, even for a single row, and restores the setting of the context afterwards.
/// </summary>
internal sealed class TransactionBehavior(DbContext context)
{
    private AutoTransactionBehavior? _before;

    /// <summary>The next <c>SaveChanges</c> that writes a row begins a transaction.</summary>
    public void Require()
    {
        _before ??= context.Database.AutoTransactionBehavior;
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    /// <summary>Restores the setting, if it was changed.</summary>
    public void Restore()
    {
        if (_before is { } before)
            context.Database.AutoTransactionBehavior = before;
        _before = null;
    }
}

namespace EventBus.EntityFrameworkCore;

/// <summary>The events that could not be sent in a transaction of the application, although it has written their rows.</summary>
/// <param name="TransactionId">The transaction. It cannot be committed without the events.</param>
/// <param name="Sent">The events that were to be sent.</param>
/// <param name="Savepoint">The number of the last savepoint before them.</param>
/// <param name="RowsAreAccepted">Whether EF Core has accepted the rows: it does not write them again after a rollback.</param>
/// <param name="CanRepeat">Whether the transaction contains none of the events, so that all of them can be sent again.</param>
internal sealed record FailedEvents(Guid TransactionId, SentEvents Sent, int Savepoint, bool RowsAreAccepted, bool CanRepeat);

namespace EventBus;

/// <summary>Events of one source that this node will never receive, found by their missing numbers.</summary>
/// <param name="Source">Their publish pipeline: 16 hex digits, random at each start.</param>
/// <param name="Namespace">The bus namespace they were sent in.</param>
/// <param name="Lost">How many are missing.</param>
public readonly record struct EventGap(string Source, string Namespace, long Lost);

/// <summary>An event whose notification arrived but whose attachment was removed, can't be read, or belongs to another message.</summary>
/// <param name="Id">The attachment's id in the table.</param>
/// <param name="Source">The publish pipeline of the event; null if the notification names none.</param>
/// <param name="Namespace">The bus namespace it was sent in.</param>
public readonly record struct LostAttachment(string Id, string? Source, string Namespace);

namespace EventBus;

/// <summary>An event whose notification arrived but whose attachment was gone, unreadable or another's.</summary>
/// <param name="Id">The attachment's id in the table.</param>
/// <param name="Source">The publish pipeline it came from, where the notification names one.</param>
/// <param name="Namespace">The bus namespace it was sent in.</param>
public readonly record struct LostAttachment(string Id, string? Source, string Namespace);

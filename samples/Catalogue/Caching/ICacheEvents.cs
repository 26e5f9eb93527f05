using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>Cache invalidation. Send these events in the transaction that changes the rows.</summary>
[BroadcastEvent(Namespace = "/cache")]
public interface ICacheEvents
{
    /// <summary>Removes these entries.</summary>
    void Invalidate([MaxLength(100)] IReadOnlyCollection<string> keys);

    /// <summary>Removes all entries with this tag.</summary>
    void InvalidateTag([MaxLength(100)] string tag);

    /// <summary>Removes all entries; <paramref name="context"/> has the sender.</summary>
    void Clear(EventContext context);
}

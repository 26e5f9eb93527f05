using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>What every process must forget. Sent in the transaction that changes the rows, nobody reads the old ones again.</summary>
[BroadcastEvent(Namespace = "/cache")]
public interface ICacheEvents
{
    /// <summary>These entries are out of date.</summary>
    void Invalidate([MaxLength(100)] IReadOnlyCollection<string> keys);

    /// <summary>All entries with this tag are.</summary>
    void InvalidateTag([MaxLength(100)] string tag);

    /// <summary>Everything is; <paramref name="context"/> says who thinks so.</summary>
    void Clear(EventContext context);
}

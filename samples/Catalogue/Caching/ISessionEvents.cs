using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>What a process must know of sessions that another has opened.</summary>
[BroadcastEvent(Namespace = "/sessions")]
public interface ISessionEvents
{
    /// <summary>Somebody has signed out: everywhere, or in one session.</summary>
    ValueTask SignedOut(Guid user, Guid? session = null);

    /// <summary>What somebody may do is no longer what it was.</summary>
    ValueTask RightsChanged(Guid user, [MaxLength(32)] HashSet<string> roles);

    /// <summary>The keys that sign tokens are others.</summary>
    ValueTask KeysRotated([MaxLength(64)] string keyId, DateTimeOffset validFrom, DateTimeOffset validTo, CancellationToken cancellationToken = default);
}

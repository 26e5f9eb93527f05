using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>Changes of sessions that another process has opened.</summary>
[BroadcastEvent(Namespace = "/sessions")]
public interface ISessionEvents
{
    /// <summary>A user has signed out, from one session or from all.</summary>
    ValueTask SignedOut(Guid user, Guid? session = null);

    /// <summary>The roles of a user have changed.</summary>
    ValueTask RightsChanged(Guid user, [MaxLength(32)] HashSet<string> roles);

    /// <summary>New keys sign the tokens.</summary>
    ValueTask KeysRotated(
        [MaxLength(64)] string keyId, DateTimeOffset validFrom, DateTimeOffset validTo, CancellationToken cancellationToken = default);
}

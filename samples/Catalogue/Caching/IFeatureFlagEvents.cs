using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>Feature flags and settings.</summary>
[BroadcastEvent(Namespace = "/cache")]
public interface IFeatureFlagEvents
{
    /// <summary>A flag was switched, for a <paramref name="share"/> of the users.</summary>
    void Switched([MaxLength(100)] string flag, bool isOn, double share = 1);

    /// <summary>A setting has a new value of any type.</summary>
    void Configured([MaxLength(100)] string setting, EventValue value);
}

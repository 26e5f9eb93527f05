using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Caching;

/// <summary>What is switched on.</summary>
[BroadcastEvent(Namespace = "/cache")]
public interface IFeatureFlagEvents
{
    /// <summary>A switch was turned; <paramref name="share"/> of the users see it.</summary>
    void Switched([MaxLength(100)] string flag, bool isOn, double share = 1);

    /// <summary>A setting has another value: text, a number, a list, whatever it is.</summary>
    void Configured([MaxLength(100)] string setting, EventValue value);
}

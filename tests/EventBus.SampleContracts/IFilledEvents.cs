namespace EventBus.SampleContracts;

/// <summary>Collections that are filled, because nothing can set them.</summary>
[BroadcastEvent]
public interface IFilledEvents
{
    /// <summary>Every type of collection that can be filled.</summary>
    void Packed(Basket basket);

    /// <summary>Collections with items of the constructor.</summary>
    void Preset(Preset preset);

    /// <summary>Collections that depend on an argument of the constructor.</summary>
    void Stored(Shelf shelf);

    /// <summary>A cyclic type.</summary>
    void Nested(Nest nest);
}

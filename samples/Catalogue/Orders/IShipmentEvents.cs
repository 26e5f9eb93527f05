using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>Where a parcel is.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IShipmentEvents
{
    /// <summary>It is on its way.</summary>
    ValueTask Dispatched(long order, [MaxLength(40)] string trackingNumber, DateOnly expected);

    /// <summary>It was seen.</summary>
    void Located([MaxLength(40)] string trackingNumber, (double Latitude, double Longitude) at, DateTimeOffset when);

    /// <summary>It has arrived, with a signature.</summary>
    ValueTask Delivered([MaxLength(40)] string trackingNumber, DateTimeOffset at, byte[]? signature);
}

using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The steps of a parcel.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IShipmentEvents
{
    /// <summary>The parcel was sent.</summary>
    ValueTask Dispatched(long order, [MaxLength(40)] string trackingNumber, DateOnly expected);

    /// <summary>The parcel was scanned.</summary>
    void Located([MaxLength(40)] string trackingNumber, (double Latitude, double Longitude) at, DateTimeOffset when);

    /// <summary>The parcel was delivered and signed for.</summary>
    ValueTask Delivered([MaxLength(40)] string trackingNumber, DateTimeOffset at, byte[]? signature);
}

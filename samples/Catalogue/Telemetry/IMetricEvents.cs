using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>Measurements for dashboards.</summary>
[BroadcastEvent(Namespace = "/telemetry")]
public interface IMetricEvents
{
    /// <summary>The values since the last time.</summary>
    void Measured([MaxLength(60)] string host, [MaxLength(40)] Sample[] samples);

    /// <summary>The durations of requests, in buckets.</summary>
    void Latencies([MaxLength(60)] string service, [MaxLength(24)] IReadOnlyList<long> counts, TimeSpan longest);
}

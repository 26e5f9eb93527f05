using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>How far a long job is; the room is the job.</summary>
[BroadcastEvent(Namespace = "/jobs")]
public interface IJobEvents
{
    /// <summary>It runs.</summary>
    void Started(Guid job, [MaxLength(100)] string name, int steps);

    /// <summary>It has come so far: worth nothing a moment later.</summary>
    void Progress(Guid job, int step, [Range(0, 1)] double share);

    /// <summary>It is done.</summary>
    ValueTask Finished(Guid job, TimeSpan took, Uri? result = null);

    /// <summary>It has failed.</summary>
    ValueTask Failed(Guid job, [MaxLength(1000)] string error);
}

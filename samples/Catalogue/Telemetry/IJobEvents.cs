using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>The progress of a long job; the room is the job.</summary>
[BroadcastEvent(Namespace = "/jobs")]
public interface IJobEvents
{
    /// <summary>The job has started.</summary>
    void Started(Guid job, [MaxLength(100)] string name, int steps);

    /// <summary>The progress of the job. A moment later this is worthless, so emit it volatile.</summary>
    void Progress(Guid job, int step, [Range(0, 1)] double share);

    /// <summary>The job is done.</summary>
    ValueTask Finished(Guid job, TimeSpan took, Uri? result = null);

    /// <summary>The job has failed.</summary>
    ValueTask Failed(Guid job, [MaxLength(1000)] string error);
}

using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>What somebody should look at.</summary>
[BroadcastEvent(Namespace = "/telemetry")]
public interface IAlertEvents
{
    /// <summary>Something is wrong.</summary>
    ValueTask Raised(Guid alert, Severity severity, [MaxLength(500)] string text);

    /// <summary>Somebody looks at it.</summary>
    ValueTask Taken(Guid alert, [MaxLength(64)] string by);

    /// <summary>It is right again.</summary>
    ValueTask Resolved(Guid alert, DateTimeOffset at);
}

/// <summary>How bad it is.</summary>
public enum Severity
{
    Notice,
    Warning,
    Outage,
}

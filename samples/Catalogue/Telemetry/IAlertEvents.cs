using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>Alerts for operators.</summary>
[BroadcastEvent(Namespace = "/telemetry")]
public interface IAlertEvents
{
    /// <summary>A problem was found.</summary>
    ValueTask Raised(Guid alert, Severity severity, [MaxLength(500)] string text);

    /// <summary>An operator handles the alert.</summary>
    ValueTask Taken(Guid alert, [MaxLength(64)] string by);

    /// <summary>The problem is solved.</summary>
    ValueTask Resolved(Guid alert, DateTimeOffset at);
}

/// <summary>The severity of an alert.</summary>
public enum Severity
{
    Notice,
    Warning,
    Outage,
}

using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>One measurement.</summary>
public readonly record struct Sample([property: MaxLength(60)] string Name, double Value, DateTimeOffset At);

namespace EventBus.SampleContracts;

/// <summary>Sent as a number.</summary>
public enum Priority
{
    /// <summary>0.</summary>
    Low,

    /// <summary>1.</summary>
    High,
}

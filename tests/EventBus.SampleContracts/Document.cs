namespace EventBus.SampleContracts;

/// <summary>A base class, whose members come first.</summary>
public class Document
{
    /// <summary>Inherited.</summary>
    public DateOnly Date { get; set; }
}

namespace EventBus.InteropTests.TypeScript;

/// <summary>A number on the wire.</summary>
public enum Urgency
{
    Whenever,
    Now,
}

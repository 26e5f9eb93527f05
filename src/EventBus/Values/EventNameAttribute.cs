namespace EventBus;

/// <summary>Names an event on the wire. Without it the name is the method's in camelCase.</summary>
/// <param name="name">The name that peers see.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The name that peers see.</summary>
    public string Name { get; } = name;
}

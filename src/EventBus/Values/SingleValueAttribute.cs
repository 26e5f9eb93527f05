namespace EventBus;

/// <summary>
/// Marks a class or struct that is one value on the wire, such as a strongly typed id: it is written and read as the value of its only
/// property or field, also as a key of a dictionary. On an assembly, it marks a type that cannot have the attribute itself.
/// </summary>
/// <remarks>
/// The type has exactly one public property or field that stores a value, and an accessible constructor with one parameter of that type,
/// or a static method that takes the value and returns the type. If it has neither, it is an error (EVB1029). If these throw an exception,
/// the event cannot be read: <see cref="EventSerializationException"/>. Types of Vogen and StronglyTypedId need no mark.
/// </remarks>
/// <example><c>[SingleValue] public readonly record struct OrderId(Guid Value);</c></example>
/// <example><c>[assembly: SingleValue(typeof(OrderId))]</c></example>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class SingleValueAttribute : Attribute
{
    /// <summary>Marks the type that has the attribute.</summary>
    public SingleValueAttribute()
    {
    }

    /// <summary>Marks a type in all contracts and payloads of the assembly that has the attribute.</summary>
    /// <param name="type">The type; of a generic type, also without type arguments.</param>
    public SingleValueAttribute(Type type) => Type = type;

    /// <summary>The type that the assembly marks; null if the attribute is not on an assembly.</summary>
    public Type? Type { get; }
}

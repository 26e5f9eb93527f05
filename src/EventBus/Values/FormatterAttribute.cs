namespace EventBus;

/// <summary>Names the formatter of a type, or of one member or parameter: a struct that implements <c>EventBus.Serialization.IFormatter&lt;T&gt;</c> for its type.</summary>
/// <remarks>
/// One on a member or parameter comes before one on its type. Null of a nullable member is written before the formatter is asked, unless it is a formatter of the nullable type itself.
/// </remarks>
/// <param name="formatterType">The formatter.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter,
    Inherited = false)]
public sealed class FormatterAttribute(Type formatterType) : Attribute
{
    /// <summary>The formatter.</summary>
    public Type FormatterType { get; } = formatterType;
}

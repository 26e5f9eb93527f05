using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>The errors of generated formatters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadError
{
    /// <summary>A member that must be there is not.</summary>
    /// <param name="member">Its name on the wire.</param>
    /// <param name="type">The type that has it.</param>
    /// <param name="position">The position of the first byte of the object.</param>
    public static EventSerializationException Missing(string member, string type, int position) =>
        new($"The member '{member}' of '{type}' is missing.", position) { Member = member };

    /// <summary>A union's discriminator is none of those that its declaration lists.</summary>
    /// <param name="union">The union.</param>
    /// <param name="position">Where the discriminator is.</param>
    public static EventSerializationException UnknownCase(string union, int position) =>
        new($"The discriminator is none of those of '{union}'.", position);

    /// <summary>An object is of a type that the declaration of the union does not list.</summary>
    /// <param name="union">The union.</param>
    /// <param name="value">The object.</param>
    public static EventSerializationException UnlistedCase(string union, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new($"An object of type '{value.GetType()}' is none of the cases of '{union}'. List its type with [JsonDerivedType].");
    }

    /// <summary>A value is null where its type allows none.</summary>
    /// <param name="type">The type.</param>
    public static EventSerializationException Null(string type) => new($"A value of type '{type}' is null where its type allows none.");
}

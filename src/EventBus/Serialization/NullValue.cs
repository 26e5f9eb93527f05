namespace EventBus.Serialization;

/// <summary>The error where a value is null whose type does not allow it.</summary>
internal static class NullValue
{
    public static EventSerializationException NotAllowed() =>
        new("A value is null where its type allows none. Give it a value, or declare it nullable.");
}

namespace EventBus.Serialization;

/// <summary>One value that writes itself, in whichever encoding the message turns out to need. Implemented by structs.</summary>
internal interface IWritable
{
    /// <summary>Writes exactly one value. It may be called twice: as JSON, and again as MessagePack where the JSON met binary or the threshold.</summary>
    void WriteTo<TWriter>(ref TWriter writer) where TWriter : IValueWriter, allows ref struct;
}

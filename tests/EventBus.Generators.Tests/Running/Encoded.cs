using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Reads single values.</summary>
internal static class Encoded
{
    public static T FromMessagePack<T, TFormatter>(string hex)
        where TFormatter : struct, IFormatter<T>
    {
        var reader = new MessagePackValueReader(Convert.FromHexString(hex));
        return default(TFormatter).Read(ref reader);
    }
}

using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Both encodings, for tests that must pass with each.</summary>
public static class Encodings
{
    public static TheoryData<ValueEncoding> All => [ValueEncoding.Json, ValueEncoding.MessagePack];
}

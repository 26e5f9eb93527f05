using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class AmbiguousUnionTests
{
    [Theory]
    [InlineData("[JsonDerivedType(typeof(Dog))]", "its case 'Dog' has no discriminator")]
    [InlineData(
        "[JsonDerivedType(typeof(Dog), \"a\"), JsonDerivedType(typeof(Cat), \"a\")]",
        "two of its cases have the same discriminator")]
    [InlineData("[JsonDerivedType(typeof(Dog), \"a\"), JsonDerivedType(typeof(Dog), 1)]", "it lists a case twice")]
    [InlineData("[JsonDerivedType(typeof(string), \"a\")]", "its case 'string' is not derived from it")]
    [InlineData("[JsonDerivedType(typeof(Box<>), \"a\")]", "its case 'Box<>' is not derived from it")]
    [InlineData("[JsonDerivedType(typeof(Beast), \"a\")]", "its case 'Beast' is abstract")]
    [InlineData("[JsonDerivedType(typeof(Typed), \"a\")]", "its case 'Typed' has a member with the name of the discriminator, '$type'")]
    [InlineData("[JsonDerivedType(typeof(Money), \"a\")]", "its case 'Money' has a [Formatter]")]
    [InlineData("[JsonPolymorphic]", "it has no cases; add [JsonDerivedType]")]
    [InlineData("[JsonDerivedType(typeof(Dog), \"\\ude00\")]", "a discriminator contains half of a surrogate pair")]
    [InlineData(
        "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"\\ud83d\"), JsonDerivedType(typeof(Dog), 1)]",
        "a discriminator contains half of a surrogate pair")]
    [InlineData(
        "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), "
        + "JsonDerivedType(typeof(Dog), \"a\")]",
        "it falls back to another type")]
    [InlineData(
        "[JsonPolymorphic(IgnoreUnrecognizedTypeDiscriminators = true), JsonDerivedType(typeof(Dog), \"a\")]",
        "it falls back to another type")]
    public async Task Triggers(string attributes, string message)
    {
        var messages = await Analysis.VerifyAsync<AmbiguousUnionAnalyzer>(Source(attributes, "[|animal|]"));

        Assert.StartsWith(
            "The parameter 'animal' of 'Ping' cannot be read back, because 'animal' is the union 'IAnimal': ",
            Assert.Single(messages),
            StringComparison.Ordinal);
        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[JsonDerivedType(typeof(Dog), \"dog\"), JsonDerivedType(typeof(Cat), 2), JsonDerivedType(typeof(Box<int>), \"2\")]")]
    [InlineData("[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(Typed), \"typed\")]")]
    public Task Does_not_trigger(string attributes) => Analysis.VerifyAsync<AmbiguousUnionAnalyzer>(Source(attributes, "animal"));

    private static string Source(string attributes, string parameter) => $$"""
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping(IAnimal {{parameter}}); }
        {{attributes}} public interface IAnimal { }
        public record Dog(string Name) : IAnimal;
        public record struct Cat(string Name) : IAnimal;
        public record Box<T>(T Item) : IAnimal;
        public abstract record Beast : IAnimal;
        public record Typed([property: JsonPropertyName("$type")] string Type) : IAnimal;
        [Formatter(typeof(MoneyFormatter))] public record Money : IAnimal;
        public struct MoneyFormatter : IFormatter<Money>
        {
            public void Write<TWriter>(ref TWriter writer, in Money value) where TWriter : IValueWriter, allows ref struct { }
            public Money Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => new();
        }
        """;
}

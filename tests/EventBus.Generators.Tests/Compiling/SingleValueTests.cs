using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>Types that are one value on the wire because an attribute marks them.</summary>
public sealed class SingleValueTests
{
    private const string Contract = "[BroadcastEvent] public interface IShopEvents { void Placed(Id id); }";

    // The attributes as the packages declare them. Their generators do not run here: a partial type stands for their output.
    private const string Attributes = """
        namespace Vogen
        {
            [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
            public class ValueObjectAttribute(Type? underlyingType = null, int conversions = 0) : Attribute
            {
                public (Type?, int) All => (underlyingType, conversions);
            }
            public class ValueObjectAttribute<T>(int conversions = 0) : ValueObjectAttribute(typeof(T), conversions);
            [AttributeUsage(AttributeTargets.Assembly)]
            public class VogenDefaultsAttribute(Type? underlyingType = null) : Attribute { public Type? Type => underlyingType; }
        }

        namespace StronglyTypedIds
        {
            public enum Template { Guid, Int, String, Long }
            [System.Diagnostics.Conditional("STRONGLY_TYPED_ID_USAGES"), AttributeUsage(AttributeTargets.Struct)]
            public sealed class StronglyTypedIdAttribute : Attribute
            {
                public StronglyTypedIdAttribute(Template template, params string[] templateNames) { }
                public StronglyTypedIdAttribute(params string[] templateNames) { }
            }
            [System.Diagnostics.Conditional("STRONGLY_TYPED_ID_USAGES"), AttributeUsage(AttributeTargets.Assembly)]
            public sealed class StronglyTypedIdDefaultsAttribute : Attribute
            {
                public StronglyTypedIdDefaultsAttribute(Template template, params string[] templateNames) { }
                public StronglyTypedIdDefaultsAttribute(string templateName, params string[] templateNames) { }
            }
        }
        """;

    [Theory]
    [InlineData("[ValueObject<Guid>] public partial struct Id;", "Guid")]
    [InlineData("[ValueObject<string>] public partial class Id;", "string")]
    [InlineData("[ValueObject(typeof(long))] public partial record Id;", "long")]
    [InlineData("[ValueObject(conversions: 3)] public readonly partial record struct Id;", "int")]
    [InlineData("[assembly: VogenDefaults(underlyingType: typeof(DateOnly))] [ValueObject] public partial struct Id;", "DateOnly")]
    [InlineData("[assembly: VogenDefaults(typeof(DateOnly))] [ValueObject<short>(1)] public partial struct Id;", "short")]
    [InlineData("[assembly: VogenDefaults] [ValueObject] public partial struct Id;", "int")]
    public void Vogen_attribute_gives_the_type_of_the_value(string id, string value)
    {
        var kind = id[id.IndexOf("partial", StringComparison.Ordinal)..^1].Replace(" Id", "", StringComparison.Ordinal);
        var run = Run(
            $"using Vogen; {id}",
            $"public {kind} Id {{ public {value} Value => throw new Exception(); public static Id From({value} value) => default!; }}");

        Assert.Contains(".Value;", run, StringComparison.Ordinal);
        Assert.Contains("=> global::Id.From(value);", run, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[StronglyTypedId] public partial struct Id;", "Guid")]
    [InlineData("[StronglyTypedId(Template.Int)] public partial struct Id;", "int")]
    [InlineData("[StronglyTypedId(Template.Long, \"long-efcore\")] public partial struct Id;", "long")]
    [InlineData("[StronglyTypedId(Template.String)] public readonly partial struct Id;", "string")]
    [InlineData("[assembly: StronglyTypedIdDefaults(Template.Int)] [StronglyTypedId] public partial struct Id;", "int")]
    [InlineData("[assembly: StronglyTypedIdDefaults(Template.Int)] [StronglyTypedId(Template.Guid)] public partial struct Id;", "Guid")]
    public void StronglyTypedId_attribute_gives_the_type_of_the_value(string id, string value)
    {
        var run = Run(
            $"using StronglyTypedIds; {id}",
            $"partial struct Id {{ public {value} Value {{ get; }} public Id({value} value) => Value = value; }}");

        Assert.Contains(".Value;", run, StringComparison.Ordinal);
        Assert.Contains("=> new global::Id(value);", run, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_another_assembly_are_marked_by_either_assembly()
    {
        const string Ids = """
            [assembly: SingleValue(typeof(Library.Far))]
            namespace Library;
            public readonly record struct Far(int Value);
            public readonly record struct Near(long Value);
            [SingleValue] public record Marked(string Value);
            """;
        foreach (var reference in BothReferences(Ids))
        {
            var run = GeneratorRun.Of(GeneratorRun.Compile(
                "using Library; [assembly: SingleValue(typeof(Near))] [BroadcastEvent] public interface IShopEvents { "
                    + "void Placed(Far far, Near[] near, Dictionary<Marked, Near?> marked); }")
                .AddReferences(reference));

            run.AssertClean();
            Assert.Equal(3, run.Files.Keys.Count(static name => name.EndsWith("Value.g.cs", StringComparison.Ordinal)));
            Assert.DoesNotContain(run.Files.Keys, static name => name.EndsWith("FarFormatter.g.cs", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Formatter_comes_before_the_mark()
    {
        var run = GeneratorRun.Of(
            "[BroadcastEvent] public interface IShopEvents { "
                + "void Placed(Id id, [Formatter(typeof(Text))] Id text, Dictionary<Id, int> keys); }",
            """
            using EventBus.Serialization;
            [SingleValue] public record struct Id(int Value);
            public record struct Text : IFormatter<Id>
            {
                public void Write<TWriter>(ref TWriter writer, in Id value) where TWriter : IValueWriter, allows ref struct { }
                public Id Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            """);

        run.AssertClean();
        Assert.Contains("global::Text", run.Files["IShopEvents.g.cs"], StringComparison.Ordinal);
        Assert.Contains("SingleValueFormatter<", run.Files["IShopEvents.g.cs"], StringComparison.Ordinal);
        Assert.Contains("SingleValueKeyFormatter<", run.Files["IShopEvents.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_of_keys_is_a_value_of_keys()
    {
        string[] types =
        [
            "string", "Guid", "DayOfWeek", "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "Int128", "UInt128",
            "System.Numerics.BigInteger", "Half", "float", "double", "decimal", "char", "System.Text.Rune", "Uri", "Version",
            "System.Net.IPAddress", "System.Globalization.CultureInfo", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan",
        ];

        GeneratorRun.Of(
            "[BroadcastEvent] public interface IShopEvents { "
                + string.Concat(types.Select(static (type, index) => $"void Sent{index}(Dictionary<Id{index}, Id{index}?> ids); ")) + "}",
            string.Concat(types.Select(static (type, index) => $"[SingleValue] public readonly record struct Id{index}({type} Value); ")))
            .AssertClean();
    }

    private static string Run(string id, string written)
    {
        var run = GeneratorRun.Of(id, Contract, written, Attributes);
        run.AssertClean();

        // The members are the output of another generator, so nothing that is emitted may depend on them.
        Assert.Equal(run.Files, GeneratorRun.Of(id, Contract, Attributes).Files);
        return run.Files["EventBus.Generated.IdValue.g.cs"];
    }

    private static IEnumerable<MetadataReference> BothReferences(string source)
    {
        var library = GeneratorRun.Compile(source).WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return [MetadataReference.CreateFromImage(image.ToArray()), library.ToMetadataReference()];
    }
}

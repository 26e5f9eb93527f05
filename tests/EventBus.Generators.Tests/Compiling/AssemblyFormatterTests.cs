using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>Which formatter emitted code uses if the assembly sets one.</summary>
public sealed class AssemblyFormatterTests
{
    private const string BuiltIn = "global::EventBus.Serialization.VersionFormatter";

    private const string LibrarySource = """
        using EventBus.Serialization;
        [assembly: Formatter(typeof(Version), typeof(Library.Far))]
        namespace Library;
        [BroadcastEvent] public interface IReleaseEvents { ValueTask<Version> Released(Version version, Release release); }
        public class Release { public Version Version { get; set; } = new(1, 0); }
        public readonly record struct Far : IFormatter<Version>
        {
            public void Write<TWriter>(ref TWriter writer, in Version value) where TWriter : IValueWriter, allows ref struct { }
            public Version Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
        }
        """;

    private const string Near = """
        using EventBus.Serialization;
        public readonly record struct Near : IFormatter<Version>
        {
            public void Write<TWriter>(ref TWriter writer, in Version value) where TWriter : IValueWriter, allows ref struct { }
            public Version Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
        }
        """;

    private const string Mark = "[assembly: Formatter(typeof(Version), typeof(Near))]\n";

    [Theory]
    [InlineData("Version version", "global::Near")]
    [InlineData("Version? version", "NullableReferenceFormatter<global::System.Version, global::Near>")]
    [InlineData("Version[] versions", "ArrayFormatter<global::System.Version, global::Near>")]
    [InlineData("Dictionary<string, List<Version>> all", "ListFormatter<global::System.Version, global::Near>")]
    [InlineData("(int, Version) pair", "Int32Formatter, global::Near>")]
    public void Parameter_uses_the_formatter_of_the_assembly(string parameter, string formatter)
    {
        var run = GeneratorRun.Of($"{Mark}[BroadcastEvent] public interface IShopEvents {{ void Placed({parameter}); }}", Near);

        run.AssertClean();
        var text = WithoutSpaces(run.Files["IShopEvents.g.cs"]);
        Assert.Contains(WithoutSpaces(formatter), text, StringComparison.Ordinal);
        Assert.DoesNotContain(BuiltIn, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Ack_and_member_use_the_formatter_of_the_assembly()
    {
        var run = GeneratorRun.Of(
            $"{Mark}[BroadcastEvent] public interface IShopEvents {{ ValueTask<Version?> Find(Order order); }}",
            "public class Order { public Version Version { get; set; } = new(); public IList<Version> All { get; } = []; }",
            Near);

        run.AssertClean();
        Assert.Contains(
            "NullableReferenceFormatter<global::System.Version,global::Near>",
            WithoutSpaces(run.Files["IShopEvents.g.cs"]),
            StringComparison.Ordinal);
        Assert.Contains("default(global::Near).Read", run.Files["EventBus.Generated.OrderFormatter.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain(BuiltIn, string.Concat(run.Files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void Member_then_assembly_then_type_is_the_order()
    {
        var run = GeneratorRun.Of(
            "[assembly: Formatter(typeof(Money), typeof(Text<Money>))]\n"
                + "[BroadcastEvent] public interface IShopEvents { void Paid(Money money, [Formatter(typeof(Hex<Money>))] Money hex); }",
            """
            using EventBus.Serialization;
            [Formatter(typeof(Unused<Money>))] public record struct Money(int Cents);
            public record struct Text<T> : IFormatter<T>
            {
                public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
                public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            public record struct Hex<T> : IFormatter<T>
            {
                public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
                public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            public record struct Unused<T> : IFormatter<T>
            {
                public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
                public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            """);

        run.AssertClean();
        var text = run.Files["IShopEvents.g.cs"];
        Assert.Contains("global::Text<global::Money>", text, StringComparison.Ordinal);
        Assert.Contains("global::Hex<global::Money>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Unused", text, StringComparison.Ordinal);
    }

    /// <summary>Otherwise the library and the application would write the same event differently.</summary>
    [Fact]
    public void Declarations_of_a_library_use_its_own_formatters()
    {
        var run = RunWithLibrary("[BroadcastEvent] public interface IShopEvents : Library.IReleaseEvents { void Own(Version version); }");

        run.AssertClean();
        Assert.Contains(BuiltIn, Definition(run, "OwnEvent"), StringComparison.Ordinal);
        Assert.DoesNotContain(BuiltIn, Definition(run, "ReleasedEvent"), StringComparison.Ordinal);
        Assert.Contains("global::Library.Far", Definition(run, "ReleasedEvent"), StringComparison.Ordinal);
        Assert.DoesNotContain(BuiltIn, ReleaseFormatter(run), StringComparison.Ordinal);
        Assert.Contains("default(global::Library.Far)", ReleaseFormatter(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Formatter_of_the_compiled_assembly_comes_before_that_of_a_library()
    {
        var run = RunWithLibrary(
            $"{Mark}[BroadcastEvent] public interface IShopEvents : Library.IReleaseEvents {{ void Own(Version version); }}");

        run.AssertClean();
        Assert.DoesNotContain("Far", string.Concat(run.Files.Values), StringComparison.Ordinal);
        Assert.Contains("default(global::Near)", ReleaseFormatter(run), StringComparison.Ordinal);
    }

    private static string WithoutSpaces(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));

    private static string Definition(GeneratorRun run, string name) => run.Files["IShopEvents.g.cs"]
        .Split("private static readonly").Single(part => part.Contains($"{name} = new(", StringComparison.Ordinal));

    private static string ReleaseFormatter(GeneratorRun run) =>
        run.Files.Single(static file => file.Key.EndsWith("ReleaseFormatter.g.cs", StringComparison.Ordinal)).Value;

    private static GeneratorRun RunWithLibrary(string source)
    {
        var library = GeneratorRun.Of(GeneratorRun.Compile(LibrarySource).WithAssemblyName("Library"));
        library.AssertClean();
        return GeneratorRun.Of(GeneratorRun.Compile(source, Near).AddReferences(library.Output.ToMetadataReference()));
    }
}

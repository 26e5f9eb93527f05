using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.Declaring;

/// <summary>Generated code has no <c>extern alias</c>, so types that only an alias can name are reported, and nothing else is.</summary>
public sealed class ExternAliasTests
{
    private const string Reason = "the assembly 'Acme', which is referenced only by the alias 'acme'; "
        + "generated code has no 'extern alias', so add 'global' to the Aliases of the reference";

    private static readonly CompilationReference Acme = Analysis.Compile(
        """
        using EventBus; using EventBus.Serialization;
        namespace Acme;
        [BroadcastEvent] public interface IRootEvents { void Root(); }
        public record Draft(int Id);
        public enum Color { Red }
        public readonly struct Hex : IFormatter<int>
        {
            public void Write<TWriter>(ref TWriter writer, in int value) where TWriter : IValueWriter, allows ref struct { }
            public int Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => 0;
        }
        """,
        withEventBus: true).WithAssemblyName("Acme").ToMetadataReference();

    [Theory]
    [InlineData("acme::Acme.Draft draft", "draft", "Draft")]
    [InlineData("acme::Acme.Draft[]? draft", "draft[]", "Draft")]
    [InlineData("Dictionary<acme::Acme.Color, int> draft", "draft", "Color")]
    [InlineData("(int, acme::Acme.Draft) draft", "draft", "Draft")]
    [InlineData("Page<acme::Acme.Draft> draft", "draft", "Draft")]
    [InlineData("Holder draft", "draft.Draft", "Draft")]
    [InlineData("[Formatter(typeof(acme::Acme.Hex))] int draft", "draft", "Hex")]
    public async Task Triggers_on_types_that_only_an_alias_can_name(string parameter, string path, string type)
    {
        var source = Source($"[BroadcastEvent] public interface IShopEvents {{ void Placed({parameter}); void Kept(); }}");
        var diagnostic = Assert.Single(await ReportedAsync(Compile(source, "acme")));

        Assert.Equal("EVB1002", diagnostic.Id);
        Assert.Contains($"'{path}' is of type", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.EndsWith($": '{type}' is in {Reason}", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_on_an_ack_that_only_an_alias_can_name()
    {
        var source = Source("[BroadcastEvent] public interface IShopEvents { Task<acme::Acme.Draft> Find(int id); }");
        var diagnostic = Assert.Single(await ReportedAsync(Compile(source, "acme")));

        Assert.Equal("EVB1003", diagnostic.Id);
        Assert.EndsWith($": 'Draft' is in {Reason}", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_on_an_inherited_contract_that_only_an_alias_can_name()
    {
        var source = Source("[BroadcastEvent] public interface IShopEvents : acme::Acme.IRootEvents { void Placed(int id); }");
        var diagnostic = Assert.Single(await ReportedAsync(Compile(source, "acme")));

        Assert.Equal("EVB1001", diagnostic.Id);
        Assert.Equal(
            $"Generated code cannot access the contract 'IShopEvents', because it needs 'IRootEvents' of {Reason}",
            diagnostic.GetMessage());
    }

    /// <summary>The other project can name the types of its contract. Only this one cannot, and none of its types mentions them.</summary>
    [Theory]
    [InlineData("void Placed(Acme.Draft draft);", "draft", "Draft")]
    [InlineData("void Placed(List<Box> boxes);", "boxes[].Draft", "Draft")]
    [InlineData("Task<Acme.Draft[]> Placed();", "ack[]", "Draft")]
    public async Task Triggers_on_inherited_events_with_types_that_only_an_alias_can_name(string member, string path, string type)
    {
        var library = Library($"[BroadcastEvent] public interface IBaseEvents {{ {member} }} public record Box(Acme.Draft? Draft);", Acme);
        var source = Source("[BroadcastEvent] public interface IShopEvents : Lib.IBaseEvents;");

        Assert.Empty(await ReportedAsync(Analysis.Compile(source, withEventBus: true, library, Acme.WithAliases(["global", "acme"]))));
        var aliased = Analysis.Compile(source, withEventBus: true, library, Acme.WithAliases(["acme"]));
        var diagnostic = Assert.Single(await ReportedAsync(aliased));
        Assert.Equal("EVB1001", diagnostic.Id);
        Assert.Equal(
            "Generated code cannot access the contract 'IShopEvents', because it inherits 'IBaseEvents.Placed', "
            + $"whose '{path}' is of type '{type}': '{type}' is in {Reason}",
            diagnostic.GetMessage());
    }

    /// <summary>The other project can construct its payload, and this one cannot.</summary>
    [Fact]
    public async Task Triggers_on_inherited_payloads_that_only_the_other_assembly_constructs()
    {
        var library = Library(
            "[BroadcastEvent] public interface IBaseEvents { void Placed(Box box); } "
            + "public class Box { internal Box() { } public int Id { get; set; } }");
        var compilation = Analysis.Compile(
            "[EventBus.BroadcastEvent] public interface IShopEvents : Lib.IBaseEvents;", withEventBus: true, library);

        var diagnostic = Assert.Single(await ReportedAsync(compilation));
        Assert.Equal("EVB1001", diagnostic.Id);
        Assert.Contains(
            "because it inherits 'IBaseEvents.Placed', whose 'box' is of type 'Box': ", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_once_if_only_an_alias_can_name_EventBus()
    {
        const string Source = """
            extern alias bus;
            using bus::EventBus;
            [BroadcastEvent] public interface IShopEvents { void Placed(Order order); ValueTask<int> Find(int id); }
            public record Order(int Id);
            """;
        var diagnostic = Assert.Single(await ReportedAsync(Analysis.CompileAliased(Source, "bus")));

        Assert.Equal("EVB1001", diagnostic.Id);
        Assert.Contains(
            "needs 'BroadcastEventAttribute' of the assembly 'EventBus', which", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme,global")]
    [InlineData("global,acme")]
    public async Task Does_not_trigger_if_there_is_no_need_for_the_alias(string aliases)
    {
        var source = Source(
            "[BroadcastEvent] public interface IShopEvents : acme::Acme.IRootEvents "
            + "{ void Placed(Holder draft, acme::Acme.Color color); }");

        Assert.Empty(await ReportedAsync(Compile(source, aliases)));
    }

    /// <summary>The build passes two references for a reference with two aliases. The compiler merges them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Does_not_trigger_if_another_reference_to_the_file_has_no_alias(bool isFirst)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.dll");
        try
        {
            await File.WriteAllBytesAsync(file, Image(Acme), TestContext.Current.CancellationToken);
            MetadataReference[] references =
                [MetadataReference.CreateFromFile(file), MetadataReference.CreateFromFile(file).WithAliases(["acme"])];
            if (!isFirst)
                Array.Reverse(references);
            var source = Source("[BroadcastEvent] public interface IShopEvents { void Placed(acme::Acme.Draft draft); }");

            Assert.Empty(await ReportedAsync(Analysis.Compile(source, withEventBus: true, references)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static CompilationReference Library(string types, params MetadataReference[] others) =>
        Analysis.Compile($"using EventBus;\nnamespace Lib;\n{types}", withEventBus: true, others)
            .WithAssemblyName("Lib").ToMetadataReference();

    private static byte[] Image(CompilationReference reference)
    {
        using var image = new MemoryStream();
        Assert.True(reference.Compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return image.ToArray();
    }

    private static string Source(string contract) =>
        $"extern alias acme;\nusing EventBus;\n{contract}\npublic record Page<T>(int Number);\n"
        + "public class Holder { public acme::Acme.Draft? Draft { get; set; } }";

    private static CSharpCompilation Compile(string source, string aliases) =>
        Analysis.Compile(source, withEventBus: true, Acme.WithAliases(aliases.Split(',')));

    private static async Task<IEnumerable<Diagnostic>> ReportedAsync(CSharpCompilation compilation)
    {
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var diagnostics = await compilation.WithAnalyzers([.. Pages.PageTests.AllAnalyzers])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}

using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>
/// A contract may name symbols that are obsolete, experimental or of a preview: the declaration of the contract accepts their diagnostics,
/// and emitted files suppress only those of the symbols that they name.
/// </summary>
public sealed class SuppressionTests
{
    private const string Contract = "IChatEvents.g.cs";
    private const string Registration = "EventBus.Generated.PayloadRegistration.g.cs";
    private const string Prefix = "#pragma warning disable ";

    [Fact]
    public void Files_without_marked_symbols_suppress_nothing() => Assert.All(
        Run("void Ping(Line line, List<Mode> modes);", "public record Line(int Id); public enum Mode { A }").Files.Values,
        static text => Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal));

    [Theory]
    [InlineData("[Experimental(\"ACME1\")]", "ACME1")]
    [InlineData("[Experimental(\"ACME1\", UrlFormat = \"https://example.com/{0}\")]", "ACME1")]
    [InlineData("[Obsolete]", "CS0612")]
    [InlineData("[Obsolete(\"gone\")]", "CS0618")]
    [InlineData("[Obsolete(\"gone\", DiagnosticId = \"SHOP1\")]", "SHOP1")]
    [InlineData("[System.Runtime.Versioning.RequiresPreviewFeatures]", "CA2252")]
    [InlineData("[Obsolete(\"gone\"), Experimental(\"ACME1\")]", "ACME1, CS0618")]
    public void Files_that_name_a_marked_type_suppress_its_codes(string mark, string codes)
    {
        var run = Run(
            "void Saved(Draft draft, List<Dictionary<string, (int, Draft?[])>> others); Task<Page<Draft>> Load();",
            $"{mark} public record Draft(int Id); public record Page<T>(T Item);");

        Assert.Equal(codes, Codes(run, Contract));
        Assert.Equal(codes, Codes(run, "EventBus.Generated.DraftFormatter.g.cs"));
        Assert.Equal(codes, Codes(run, "EventBus.Generated.Page_Of_DraftFormatter.g.cs"));
        Assert.Equal(codes, Codes(run, Registration));
    }

    [Theory]
    [InlineData("public class Settings { public int A { get; set; } [Experimental(\"ACME2\")] public int B { get; set; } }")]
    [InlineData("public class Settings { public int A { get; set; } public int B { get; [Experimental(\"ACME2\")] set; } }")]
    [InlineData("public class Settings { public int A; [Experimental(\"ACME2\")] public int B; }")]
    [InlineData("public class Settings { [Experimental(\"ACME2\")] public Settings() { } public int A { get; set; } }")]
    [InlineData("public class Base { [Experimental(\"ACME2\")] public int A { get; set; } } public class Settings : Base;")]
    [InlineData("public record Settings(Draft A); [Experimental(\"ACME2\")] public record struct Draft(int Id);")]
    [InlineData("public record Settings(Outer.Draft A); [Experimental(\"ACME2\")] public class Outer { public enum Draft { A } }")]
    [InlineData(
        "public record Settings([property: Formatter(typeof(Hex))] int A); [Experimental(\"ACME2\")] public struct Hex "
        + ": EventBus.Serialization.IFormatter<int> { public void Write<T>(ref T writer, in int value) where T : "
        + "EventBus.Serialization.IValueWriter, allows ref struct { } public int Read<T>(ref T reader) where T : "
        + "EventBus.Serialization.IValueReader, allows ref struct => 0; }")]
    public void Only_the_formatter_suppresses_the_codes_of_members(string types)
    {
        var run = Run("void Saved(Settings settings);", types);

        Assert.Equal("ACME2", Codes(run, "EventBus.Generated.SettingsFormatter.g.cs"));
        Assert.Equal("", Codes(run, Contract));
    }

    [Theory]
    [InlineData("[Experimental(\"ACME2\")]", "ACME2")]
    [InlineData("[Obsolete]", "CS0612")]
    [InlineData("[Obsolete(\"gone\", DiagnosticId = \"\")]", "CS0618")]
    public void Formatter_suppresses_the_codes_of_members_that_are_overridden(string mark, string codes)
    {
        var property = Run("void Saved(Settings settings);", Types($"{mark} public virtual int A {{ get; set; }}"));
        var setter = Run("void Saved(Settings settings);", Types($"public virtual int A {{ get; {mark} set; }}"));

        Assert.Equal(codes, Codes(property, "EventBus.Generated.SettingsFormatter.g.cs"));
        Assert.Equal(codes, Codes(setter, "EventBus.Generated.SettingsFormatter.g.cs"));

        static string Types(string member) =>
            $"public class Base {{ {member} }} public class Settings : Base {{ public override int A {{ get; set; }} }}";
    }

    [Theory]
    [InlineData("public class Settings(int a) { public int A { get; [Experimental(\"ACME2\")] set; } = a; }")]
    [InlineData("public class Settings { [J.JsonInclude, Experimental(\"ACME2\")] private int A { get; set; } }")]
    [InlineData("public class Settings { [J.JsonConstructor, Experimental(\"ACME2\")] private Settings() { } public int A { get; set; } }")]
    public void Symbols_that_a_formatter_does_not_name_suppress_nothing(string types) => Assert.All(
        Run("void Saved(Settings settings);", types).Files.Values,
        static text => Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal));

    [Theory]
    [InlineData("[Experimental(\"ACME3\")]")]
    [InlineData("[Obsolete(\"gone\", true)]")]
    public void Marked_members_of_enums_are_written_as_numbers(string mark)
    {
        var run = Run(
            "[Obsolete] void Saved(Mode mode = Mode.New); void Kept(Holder holder);",
            $$"""
            public enum Mode { Old, {{mark}} New }
            public class Holder { [J.JsonConverter(typeof(J.JsonStringEnumConverter))] public Named Named { get; set; } }
            public enum Named { A, [J.JsonStringEnumMemberName("b")] {{mark}} B }
            """);

        Assert.Contains("mode = (global::Mode)(1)", run.Files[Contract], StringComparison.Ordinal);
        Assert.All(run.Files.Values, static text => Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Types_of_a_marked_assembly_are_suppressed_outside_of_it()
    {
        const string Types = "[assembly: Experimental(\"LIB1\")] namespace Lib; public record Draft(int Id);";
        var own = Run("void Saved(Lib.Draft draft);", Types.Replace("namespace Lib; ", "namespace Lib { ") + " }");
        Assert.All(own.Files.Values, static text => Assert.DoesNotContain("#pragma", text, StringComparison.Ordinal));

        var library = GeneratorRun.Compile($"using System.Diagnostics.CodeAnalysis;\n{Types}").WithAssemblyName("Lib");
        var run = Clean(GeneratorRun.Compile(Source("void Saved(Lib.Draft draft);")).AddReferences(library.ToMetadataReference()));
        Assert.Equal("LIB1", Codes(run, Contract));
    }

    /// <summary>The compiler reports the marks of the assembly of a member, and the analyzer those of a preview type.</summary>
    [Theory]
    [InlineData("[assembly: Experimental(\"LIB1\")]", "", "LIB1")]
    [InlineData("", "[System.Runtime.Versioning.RequiresPreviewFeatures]", "CA2252")]
    public void Formatter_suppresses_the_codes_of_the_owners_of_inherited_members(string assembly, string type, string code)
    {
        var library = GeneratorRun.Compile(
                $"using System.Diagnostics.CodeAnalysis;\n{assembly} namespace Lib; "
                    + $"{type} public class Base {{ public int Id {{ get; set; }} }}")
            .WithAssemblyName("Lib");
        var run = Clean(GeneratorRun
            .Compile(Source("void Saved(Mine mine);"), $"#pragma warning disable {code}\npublic class Mine : Lib.Base {{ }}")
            .AddReferences(library.ToMetadataReference()));
        Assert.Equal(code, Codes(run, "EventBus.Generated.MineFormatter.g.cs"));
    }

    [Theory]
    [InlineData("[Obsolete] void Ping(Old old, List<Old?> others, Mode mode = default); [Obsolete] Task<Old> Ask();", "")]
    [InlineData("void Ping(Holder holder, Page<Holder> page); Task<Holder?> Ask();", "CS0612")]
    [InlineData("[Obsolete(\"later\")] void Ping(Union union, Tree tree);", "")]
    [InlineData("void Ping(Tree tree);", "CS0612")]
    [InlineData("void Ping(Late late);", "CS0612")]
    [InlineData("void Ping(Unnamed unnamed);", "CS0612")]
    [InlineData("void Ping(Order order);", "CS0612")]
    public void Symbols_whose_use_is_an_error_are_used_in_obsolete_code(string members, string codes)
    {
        var run = Run(members, ErrorTypes);

        Assert.Equal(codes, Codes(run, Contract));
        Assert.All(
            run.Files.Where(static file => file.Key.EndsWith("Formatter.g.cs", StringComparison.Ordinal)),
            static file => Assert.Equal(!file.Key.Contains("Page_Of", StringComparison.Ordinal), IsObsolete(file.Value)));
        Assert.True(IsObsolete(run.Files[Registration]));
    }

    /// <summary>Its events may name symbols that the contract that inherits them may not.</summary>
    [Fact]
    public void Senders_of_events_of_an_obsolete_contract_are_obsolete_if_necessary()
    {
        var compilation = GeneratorRun.Compile(
            Source("void Own();").Replace("IChatEvents {", "IChatEvents : IBase {", StringComparison.Ordinal),
            $"{ErrorTypes}\n[Obsolete, BroadcastEvent] public interface IBase "
                + "{ void Ping(Old old); Task<Old> Ask(); void Plain(int id); }",
            """
            internal static class Use
            {
                public static object? Own(Emitter<IChatEvents> emitter) => emitter.Own();
                public static object? Plain(Emitter<IChatEvents> emitter) => emitter.Plain(1);
                [Obsolete] public static object? Ping(Emitter<IChatEvents> emitter) => emitter.Ping(new Old(1));
                [Obsolete] public static object? Ask(Emitter<IChatEvents> emitter) => emitter.All.Ask();
            }
            """);

        Clean(compilation);
    }

    [Theory]
    [InlineData("[Obsolete, BroadcastEvent] public interface IChatEvents { void Ping(Old old); Task<Old> Ask(Mode mode); }")]
    [InlineData("[Obsolete(\"gone\", true), BroadcastEvent] public interface IChatEvents { void Ping(Old old); Task<Old> Ask(); }")]
    [InlineData("[Obsolete(\"gone\", true)] public class Outer { [BroadcastEvent] public interface IChatEvents { void Ping(Old? old); } }")]
    public void Contracts_that_are_obsolete_compile_without_warnings(string contract) =>
        Clean(GeneratorRun.Compile(ErrorTypes.Insert(0, $"using System.Diagnostics.CodeAnalysis;\n{contract}\n")));

    [Theory]
    [InlineData("[Experimental(\"ACME1\")]", "ACME1")]
    [InlineData("[Obsolete]", "CS0612")]
    [InlineData("[Obsolete(\"gone\", DiagnosticId = \"SHOP1\")]", "SHOP1")]
    [InlineData("[Obsolete(\"gone\", true)]", "CS0619")]
    public void Senders_of_a_marked_event_are_marked(string mark, string code)
    {
        var run = GeneratorRun.Of(
            Source($"{mark} void Ping(); {mark} Task<int> Ask();"),
            """
            internal static class Use
            {
                public static object? One(Emitter<IChatEvents> emitter) => emitter.Ping();
                public static object? Two(Emitter<IChatEvents> emitter) => emitter.All.Ask();
                public static object? Three(Emitter<IChatEvents> emitter) => emitter.Stream.Ask();
            }
            """);

        Assert.Equal([code, code, code], run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false, Id: not "CS1591" })
            .Select(static diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(int value); Task<int> Ask(string text); void Raw(byte[] b); }")]
    [InlineData("[BroadcastEvent] internal interface IChatEvents { void Ping(uint value); Task<ulong> Ask(string text); }")]
    [InlineData("public class Outer { [BroadcastEvent] internal interface IChatEvents { void Ping(uint value); } }")]
    [InlineData(
        "[BroadcastEvent, CLSCompliant(false)] public interface IChatEvents { void _Ping(uint value); Task<Id> Ask(Id id); "
        + "void PONG(); [EventName(\"other\")] void pong(); }")]
    public void Senders_in_a_compliant_assembly_compile_without_warnings(string contract)
    {
        var source = $"{contract} [CLSCompliant(false)] public record struct Id(uint Value);";

        GeneratorRun.Of($"[assembly: CLSCompliant(true)]\n{source}").AssertClean();
        foreach (var without in (string[])[source, $"[assembly: CLSCompliant(false)]\n{source}"])
            Assert.All(
                GeneratorRun.Of(without).Files.Values,
                static text => Assert.DoesNotContain("CLSCompliant", text, StringComparison.Ordinal));
    }

    /// <summary>EventBus is not compliant. Only the contract is reported, and can be marked.</summary>
    [Theory]
    [InlineData("", new[] { "CS3001" })]
    [InlineData("[CLSCompliant(false)]", new string[0])]
    public void Contract_in_a_compliant_assembly_is_marked_if_it_names_EventBus(string mark, string[] codes)
    {
        var run = GeneratorRun.Of(
            "[assembly: CLSCompliant(true)]\n"
            + $"{mark} [BroadcastEvent] public interface IChatEvents {{ void Ping(int value, EventContext context); }}");

        var diagnostics = run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, Id: not "CS1591" });
        Assert.Equal(codes, diagnostics.Select(static diagnostic => diagnostic.Id));
        Assert.All(diagnostics, static diagnostic => Assert.StartsWith("Source", diagnostic.Location.SourceTree!.FilePath));
    }

    private const string ErrorTypes = """
        #pragma warning disable CS0612, CS0618, CS0672
        [Obsolete("gone", true)] public record Old(int Id);
        [Obsolete("gone", true)] public enum Mode { A }
        public class Holder { public int Id { get; set; } [Obsolete] public Old? Old { get; set; } [Obsolete("x", true)] public int B; }
        public record Page<T>(T Item);
        public class Tree { [Obsolete("gone", true)] public int Id { get; set; } public List<Tree> Children { get; set; } = []; }
        [Obsolete, System.Text.Json.Serialization.JsonDerivedType(typeof(Old2), "old")]
        public abstract record Union;
        [Obsolete("gone", true)] public record Old2(int Id) : Union;
        public class Late { [Obsolete("gone", true, DiagnosticId = "SHOP2")] public int Id { get; set; } public Tree? Tree { get; set; } }
        public class Unnamed { [Obsolete("gone", DiagnosticId = "SHOP-3")] public int Id { get; set; } }
        public class Base { [Obsolete("gone", true)] public virtual string? Note { get; set; } }
        public class Order : Base { public override string? Note { get; set; } }
        """;

    private static GeneratorRun Run(string members, string types) => Clean(GeneratorRun.Compile(
        Source(members), $"#pragma warning disable ACME1, ACME2, ACME3, CS0612, CS0618, CS0672, SHOP1, LIB1\n"
        + $"using System.Diagnostics.CodeAnalysis; using J = System.Text.Json.Serialization;\n{types}"));

    private static string Source(string members) =>
        "#pragma warning disable ACME1, ACME2, ACME3, CS0612, CS0618, SHOP1, LIB1\nusing System.Diagnostics.CodeAnalysis;\n"
        + $"[BroadcastEvent] public interface IChatEvents {{ {members} }}";

    private static GeneratorRun Clean(Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation)
    {
        var run = GeneratorRun.Of(compilation);
        run.AssertClean();
        return run;
    }

    private static bool IsObsolete(string text) => text.Contains("[global::System.Obsolete]\n", StringComparison.Ordinal);

    private static string Codes(GeneratorRun run, string file) => run.Files[file].Split('\n')
        .FirstOrDefault(static line => line.StartsWith(Prefix, StringComparison.Ordinal), Prefix)[Prefix.Length..];
}

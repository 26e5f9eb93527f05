using System.Text;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>Emitted files and classes have distinct names, and they are the same in each build.</summary>
public sealed class EmittedNameTests
{
    /// <summary>File systems allow 255 bytes, and Windows 260 characters of a whole path.</summary>
    private const int MostBytes = 120;
    private const string Registration = "EventBus.Generated.ContractRegistration.g.cs";

    /// <summary>The compiler ignores case in the names of emitted files and rejects duplicates.</summary>
    [Fact]
    public void Hint_names_differing_by_case_only_are_distinct()
    {
        string[] sources =
        [
            "namespace Shop; [BroadcastEvent] public interface IShopEvents { void Placed(Order order, ORder other); }",
            "namespace SHop; [BroadcastEvent] public interface IShopEvents { void Placed(Shop.Order order); }",
            "namespace Shop; public record Order(int Id); public record ORder(int Id);",
        ];
        AssertDistinct(GeneratorRun.Of(sources), 6);
        Assert.Equal(Names(sources), Names([.. sources.Reverse()]));
    }

    [Theory]
    [InlineData("Fulfilment")]
    [InlineData("Ausführung")]
    [InlineData("倉庫の契約書")]
    public void Hint_names_of_long_namespaces_are_short_and_distinct(string part)
    {
        var ns = string.Join('.', Enumerable.Repeat(part, 24));
        string[] sources =
        [
            $"namespace {ns}; [BroadcastEvent] public interface IShopEvents "
                + "{ void Placed(Line line, LIne other, Page<Line, Line?> page); }",
            $"namespace {ns}; [BroadcastEvent] public interface IShOpEvents {{ void Placed(Page<Line, Line> page); }}",
            $"namespace {ns}; public record Line(int Id); public record LIne(int Id); public record Page<T, U>(T First, U Second);",
        ];
        var run = GeneratorRun.Of(sources);

        AssertDistinct(run, 8);
        Assert.All(run.Files.Keys, static name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, MostBytes));
        Assert.All(run.Files.Keys, static name => Assert.EndsWith(".g.cs", name, StringComparison.Ordinal));
        Assert.Equal(Names(sources), Names([.. sources.Reverse()]));
    }

    [Fact]
    public void Hint_name_is_whole_up_to_120_bytes()
    {
        var longest = new string('e', MostBytes - "I.g.cs".Length);

        Assert.Equal([$"I{longest}.g.cs"], Names($"[BroadcastEvent] public interface I{longest} {{ void Ping(); }}"));
        var cut = Assert.Single(Names($"[BroadcastEvent] public interface I{longest}e {{ void Ping(); }}"));
        Assert.Equal($"I{longest[..^17]}-", cut[..^21]);
        Assert.Matches("^[0-9a-f]{16}\\.g\\.cs$", cut[^21..]);
    }

    /// <summary>The compiler allows 1,023 bytes in the name of a type, and checks it when it writes the assembly.</summary>
    [Theory]
    [InlineData("string?", "string")]
    [InlineData("Line?", "LIne?")]
    public void Formatters_of_long_generic_payloads_have_short_and_distinct_names(string first, string second)
    {
        var many = string.Join(", ", Enumerable.Repeat("string?", 40));
        var parameters = string.Join(", ", Enumerable.Range(0, 41).Select(static index => $"T{index}"));
        var run = GeneratorRun.Of(
            "namespace Shop; [BroadcastEvent] public interface IShopEvents "
                + $"{{ void Placed(Many<{many}, {first}> a, Many<{many}, {second}> b); }}",
            "namespace Shop; public record Line(int Id); public record LIne(int Id); "
                + $"public record Many<{parameters}>(T0 First, T40 Last);");

        run.AssertClean();
        var emitted = run.Output.Emit(Stream.Null, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData(
        "public class Outer { [BroadcastEvent] public interface ITest { void Ping(); } }",
        "[BroadcastEvent] public interface IOuter_Test { void Pong(); }")]
    [InlineData(
        "public class Outer { [BroadcastEvent] public interface ITest { void Ping(); } }",
        "[BroadcastEvent] public interface IOuter_Test { void Pong(); } [BroadcastEvent] public interface Outer_Test { void Pong(); } "
        + "internal class Outer_TestSenders;")]
    [InlineData(
        "public class Outer { [BroadcastEvent] public interface ITest { void Ping(); } [BroadcastEvent] public interface Test "
        + "{ void Pong(); } }",
        "")]
    [InlineData(
        "public class A { [BroadcastEvent] public interface IB_C { void Ping(); } }",
        "public class A_B { [BroadcastEvent] public interface IC { void Pong(); } }")]
    [InlineData(
        "public class A { public class B { [BroadcastEvent] public interface IC { void Ping(); } } }",
        "public class A_B { [BroadcastEvent] public interface IC { void Pong(); } } [BroadcastEvent] public interface IA_B_C "
        + "{ void Pong(); }")]
    [InlineData(
        "[BroadcastEvent] public interface IChat { void Ping(); } [BroadcastEvent] public interface Chat { void Pong(); }",
        "[BroadcastEvent] public interface IChat_ { void Pung(); }")]
    [InlineData(
        "[BroadcastEvent] public interface IChat { void Ping(); } [BroadcastEvent] public interface Chat { void Pong(); }",
        "[BroadcastEvent] public interface IIChat { void Pung(); }")]
    [InlineData(
        "public class A_ { [BroadcastEvent] public interface IB { void Ping(); } }",
        "public class A { [BroadcastEvent] public interface _B { void Pong(); } }")]
    [InlineData(
        "public class A { public class _ { [BroadcastEvent] public interface IB { void Ping(); } } }",
        "public class A__ { [BroadcastEvent] public interface B { void Pong(); } } public class A_ { [BroadcastEvent] public interface _B "
        + "{ void Pong(); } }")]
    public void Senders_of_contracts_with_similar_names_are_distinct(string first, string second)
    {
        var contracts = $"{first} {second}".Split("[BroadcastEvent]").Length - 1;

        AssertDistinct(GeneratorRun.Of($"namespace Shop; {first} {second}"), contracts + 1);
        AssertDistinct(GeneratorRun.Of($"namespace Shop; {second} {first}"), contracts + 1);
    }

    /// <summary>The documentation names these classes, so a contract that is added elsewhere must not change them.</summary>
    [Theory]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); }", "Shop.IChatEvents.g.cs", "ChatEventsSenders")]
    [InlineData("[BroadcastEvent] public interface IChat_Events { void Ping(); }", "Shop.IChat_Events.g.cs", "Chat_EventsSenders")]
    [InlineData("public class Outer { [BroadcastEvent] public interface IChat { void Ping(); } }", "Shop.Outer+IChat.g.cs",
        "Outer_ChatSenders")]
    [InlineData("public class Outer_X { [BroadcastEvent] public interface IChat { void Ping(); } }", "Shop.Outer_X+IChat.g.cs",
        "Outer_0X_ChatSenders")]
    [InlineData(
        "public class Outer { [BroadcastEvent] public interface ITest { void Ping(); } } "
            + "[BroadcastEvent] public interface IOuter_Test { void Pong(); }",
        "Shop.IOuter_Test.g.cs",
        "Outer_TestSenders")]
    [InlineData(
        "public class Outer { [BroadcastEvent] public interface ITest { void Ping(); } } "
            + "[BroadcastEvent] public interface IOuter_Test { void Pong(); }",
        "Shop.Outer+ITest.g.cs",
        "Outer_TestSenders_")]
    public void Senders_have_the_documented_names(string contracts, string file, string senders) =>
        Assert.Contains(
            $"static class {senders}\n", GeneratorRun.Of($"namespace Shop; {contracts}").Files[file], StringComparison.Ordinal);

    [Theory]
    [InlineData("A_.B first, A._B second", "public class A_ { public record B(int Id); } public class A { public record _B(int Id); }")]
    [InlineData("A_B first, A.B second", "public record A_B(int Id); public class A { public record B(int Id); }")]
    [InlineData("A._ first, A__0 second", "public class A { public record _(int Id); } public record A__0(int Id);")]
    public void Formatters_of_payloads_with_similar_names_are_distinct(string parameters, string types) => AssertDistinct(
        GeneratorRun.Of($"namespace Shop; [BroadcastEvent] public interface IShopEvents {{ void Placed({parameters}); }} {types}"),
        files: 5);

    private static IEnumerable<string> Names(params string[] sources) =>
        GeneratorRun.Of(sources).Files.Keys.Where(static name => name != Registration).Order(StringComparer.Ordinal);

    private static void AssertDistinct(GeneratorRun run, int files)
    {
        run.AssertClean();
        Assert.Equal(files, run.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}

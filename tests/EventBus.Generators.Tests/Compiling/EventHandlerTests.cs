using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Compiling;

public sealed class EventHandlerTests
{
    private const string Contracts = """
        [BroadcastEvent] public interface IOrderEvents { void Placed(int id); }
        [BroadcastEvent] public interface IStockEvents { void Empty(int id); }
        [BroadcastEvent] public interface IAllEvents : IStockEvents { void Moved(int id); }

        """;

    [Fact]
    public void Each_attribute_adds_a_receiver_for_each_contract() => Assert.Equal(
        [
            """builder.AddServerSideHandler<global::IAllEvents, global::All>();""",
            """builder.AddHandler<global::IOrderEvents, global::Shop.Billing>("a", "b\"c");""",
            """builder.AddHandler<global::IStockEvents, global::Shop.Billing>("a", "b\"c");""",
            """builder.AddHandler<global::IOrderEvents, global::Shop.Billing>();""",
            """builder.AddHandler<global::IStockEvents, global::Shop.Billing>();""",
        ],
        Calls(Contracts + """
            namespace Shop
            {
                [EventHandler("a", "b\"c"), EventHandler]
                public partial class Billing : IOrderEvents, IStockEvents { public void Placed(int id) { } public void Empty(int id) { } }
                public partial class Billing;
                [EventHandler] public class Broken;
            }

            [EventHandler(IsServerSide = true)]
            public class All : IAllEvents { public void Empty(int id) { } public void Moved(int id) { } }
            """));

    [Theory]
    [InlineData("[Obsolete] ")]
    [InlineData("[Obsolete(\"old\", true)] ")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] ")]
    public void Marked_classes_cause_no_warning_in_emitted_code(string mark) => Assert.Single(Calls($$"""
        {{Contracts}}
        {{mark}}[EventHandler] public class Orders : IOrderEvents { public void Placed(int id) { } }
        """));

    [Fact]
    public void Nothing_is_emitted_without_a_handler() =>
        Assert.DoesNotContain(EventHandlerGenerator.HintName, Names(Run(Contracts, out _)));

    [Fact]
    public void A_friend_assembly_has_a_method_of_its_own()
    {
        const string Handler = "[EventHandler] public class Orders : IOrderEvents { public void Placed(int id) { } }\n";
        Run($"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]\n{Contracts}{Handler}", out var library);
        var friend = GeneratorRun.Compile($$"""
            using EventBus.Hosting;
            using Microsoft.Extensions.DependencyInjection;
            [EventHandler] public class Mine : IOrderEvents { public void Placed(int id) { } }
            public static class Start { public static void All(EventBusBuilder builder) => builder.AddHandlers(); }
            """).WithAssemblyName("Friend").AddReferences(library.ToMetadataReference());
        Driver().RunGeneratorsAndUpdateCompilation(friend, out var output, out _, TestContext.Current.CancellationToken);
        AssertClean(output);
    }

    private static string[] Calls(string source)
    {
        var result = Run(source, out var output);
        AssertClean(output);
        var file = result.GeneratedTrees.Single(static tree => Path.GetFileName(tree.FilePath) == EventHandlerGenerator.HintName);
        return
        [
            .. file.ToString().Split('\n')
                .Select(static line => line.Trim())
                .Where(static line => line.StartsWith("builder.", StringComparison.Ordinal)),
        ];
    }

    private static IEnumerable<string> Names(GeneratorDriverRunResult result) =>
        result.GeneratedTrees.Select(static tree => Path.GetFileName(tree.FilePath));

    private static GeneratorDriverRunResult Run(string source, out Compilation output) =>
        Driver().RunGeneratorsAndUpdateCompilation(GeneratorRun.Compile(source), out output, out _).GetRunResult();

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new EventContractGenerator().AsSourceGenerator(), new EventHandlerGenerator().AsSourceGenerator()],
        parseOptions: GeneratorRun.ParseOptions);

    private static void AssertClean(Compilation output) => Assert.Empty(
        output.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"));
}

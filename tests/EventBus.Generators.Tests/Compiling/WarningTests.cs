using EventBus.Generators.Tests.Snapshots;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>
/// The compiler reports nothing in emitted code. The build of EventBus.SampleContracts checks the same for the analyzers of the strictest
/// level.
/// </summary>
public sealed class WarningTests
{
    public static TheoryData<string> ValidCases => [.. SnapshotCase.Names.Where(static name => name != "Invalid")];

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void Emitted_code_compiles_without_warnings(string name) => GeneratorRun.Of(new SnapshotCase(name).Source).AssertClean();

    [Fact]
    public void Handler_and_senders_as_documented_compile_without_warnings() => GeneratorRun.Of(
        "namespace Chat; [BroadcastEvent] public interface IChatEvents { void Ping(DateTimeOffset date); "
            + "ValueTask Message(string user, string text = \"hi\"); }",
        """
        namespace App
        {
            using System.Threading;
            using Chat;

            internal sealed class ChatHandler : IChatEvents
            {
                public void Ping(DateTimeOffset date) { }

                public async ValueTask Message(string user, string text) => await Task.Yield();
            }

            internal sealed class Clock(Emitter<IChatEvents> emitter)
            {
                public async Task TickAsync(DateTimeOffset date, CancellationToken cancellationToken)
                {
                    await emitter.To("r1").Ping(date);
                    await emitter.To("r1").Except("muted").Ping(date, cancellationToken);
                    await emitter.Ping(date: date, cancellationToken: cancellationToken);
                    await emitter.Local.Message("ann", cancellationToken: cancellationToken);
                    bool isQueued = emitter.Post.Message("ann", text: "bye");
                    ValueTask sent = isQueued ? emitter.Message("ann") : default;
                    await sent;
                }
            }
        }
        """).AssertClean();

    [Theory]
    [InlineData("[Obsolete(\"gone\", error: true)] void Ping();")]
    [InlineData("void Ping(string text = null!);")]
    [InlineData("void Ping(Lax lax);")]
    [InlineData("void Ping(Old old, List<Old?> others);")]
    public void Emitted_code_odd_declarations_compile_without_warnings(string member) => GeneratorRun.Of(
        $"#pragma warning disable CS0618, CS0612\n[BroadcastEvent] public interface IChatEvents {{ {member} }}",
        """
        #pragma warning disable CS0618, CS0612
        public class Lax(string text, string other = null!) { public string? Text { get; } = text; public string Other { get; } = other; }
        [Obsolete] public record Old(int Id) { [Obsolete] public string? Text { get; set; } }
        """).AssertClean();

    [Fact]
    public void Emitted_code_payloads_of_a_friend_assembly_do_not_clash()
    {
        var first = GeneratorRun.Of(
            """
            using System.Runtime.CompilerServices;
            [assembly: InternalsVisibleTo("Shop.App")]
            namespace Shop;
            [BroadcastEvent] public interface IRootEvents { void Root(Order order, string? text = "hi"); }
            public record Order(Guid Id, Line[] Lines) { public decimal Total => 0; }
            public record struct Line(int Id);
            """);
        first.AssertClean();
        Assert.Contains("EventBus.Generated.Shop.OrderFormatter.g.cs", first.Files.Keys);

        var second = GeneratorRun.Of(
            GeneratorRun.Compile(
                "namespace Shop; [BroadcastEvent] public interface IShopEvents : IRootEvents { void Placed(Order order); }")
                .WithAssemblyName("Shop.App")
                .AddReferences(first.Output.ToMetadataReference()));
        second.AssertClean();
        Assert.Contains("EventBus.Generated.In_Shop_App.Shop.OrderFormatter.g.cs", second.Files.Keys);
        Assert.DoesNotContain("total", second.Files["EventBus.Generated.In_Shop_App.Shop.OrderFormatter.g.cs"], StringComparison.Ordinal);
    }

    /// <summary>
    /// Each contract breaks one rule, which the analyzers report. The compiler reports nothing more, neither in emitted code nor at calls
    /// of senders.
    /// </summary>
    [Theory]
    [InlineData("void Ping(Action value);", "emitter.Ping(() => { })")]
    [InlineData("int Ping(string value);", "emitter.All.Ping(\"a\")")]
    [InlineData("Task<Action> Ping(string value);", "emitter.All.Ping(\"a\")")]
    [InlineData("void Ping(); void Ping(int value);", "emitter.Ping(1)")]
    [InlineData("void Ping(int value); [EventName(\"b\")] Task<int> Ping(int value, EventContext context);", "emitter.All.Ping(1)")]
    [InlineData(
        "void Ping(string? text, EventContext? context, System.Threading.CancellationToken one, "
        + "System.Threading.CancellationToken two); void Ping(string text);",
        "emitter.Ping(\"a\")")]
    [InlineData("void Connect();", "emitter.Connect()")]
    [InlineData("int Count { get; } void Ping();", "emitter.Ping()")]
    [InlineData("void Ping<T>(T value); void Pong();", "emitter.Pong()")]
    [InlineData("void To(Action action);", "emitter.To(\"r1\")")]
    [InlineData("void Swap(ref int value, out int other); void Ping();", "emitter.Ping()")]
    [InlineData("unsafe void Ping(int* value); void Pong();", "emitter.Pong()")]
    [InlineData("void Ping(Span<byte> value); void Pong();", "emitter.Pong()")]
    public void Invalid_contract_adds_no_compiler_error(string members, string use)
    {
        var run = GeneratorRun.Of(
            $"[BroadcastEvent] public interface IChatEvents {{ {members} }}",
            $"internal static class Use {{ public static object? It(Emitter<IChatEvents> emitter) => {use}; }}");

        run.AssertClean();
        Assert.DoesNotContain("ModuleInitializer", Assert.Single(run.Files).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[BroadcastEvent(Namespace = \"chat\")] public interface IChatEvents { void Ping(); }")]
    [InlineData("[BroadcastEvent] public interface IChatEvents : IDisposable { void Ping(); }")]
    [InlineData(
        "[BroadcastEvent] public interface IChatEvents : IRootEvents; "
        + "[BroadcastEvent] public interface IRootEvents { void Ping(Action value); }")]
    public void Invalid_contract_is_not_registered(string source) =>
        Assert.All(
            GeneratorRun.Of(source).Files.Values,
            static text => Assert.DoesNotContain("ModuleInitializer", text, StringComparison.Ordinal));

    [Theory]
    [InlineData("public interface IChatEvents<T> { void Ping(T value); }")]
    [InlineData("file interface IChatEvents { void Ping(); }")]
    [InlineData("public class Outer { [BroadcastEvent] private interface IInner { void Ping(); } }")]
    public void Inaccessible_contract_emits_nothing(string source)
    {
        var run = GeneratorRun.Of(source.Contains("[Broadcast", StringComparison.Ordinal) ? source : $"[BroadcastEvent] {source}");

        Assert.Empty(run.Files);
        run.AssertClean();
    }

    [Fact]
    public void Partial_payload_emits_one_formatter() => GeneratorRun.Of(
        "namespace Shop; [BroadcastEvent] public partial interface IShopEvents { void Placed(Order order); }",
        "namespace Shop; public partial interface IShopEvents { void Shipped(Outer<int>.Line line); }",
        "namespace Shop; public partial record Order(int Id); public partial record Order { public string? Note { get; private set; } }",
        "namespace Shop; public class Outer<T> { public record Line(T Item); }").AssertClean();

    [Fact]
    public void Duplicate_attribute_leaves_the_compilers_error_alone()
    {
        var run = GeneratorRun.Of(
            "[BroadcastEvent] public partial interface IChatEvents { void Ping(); } "
            + "[BroadcastEvent] public partial interface IChatEvents { void Pong(); }");

        Assert.Equal(["EventBus.Generated.ContractRegistration.g.cs", "IChatEvents.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        var error = Assert.Single(
            run.Output.GetDiagnostics(TestContext.Current.CancellationToken),
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("CS0579", error.Id);
    }
}

using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnreachableContractTests
{
    [Fact]
    public void Attribute_on_a_class_is_a_compiler_error() => Assert.Contains(
        Analysis.CompileBroken(
            ["[EventBus.BroadcastEvent] public class ChatEvents { public void Ping() { } }"], OutputKind.DynamicallyLinkedLibrary, out _)
            .GetDiagnostics(TestContext.Current.CancellationToken),
        static diagnostic => diagnostic is { Id: "CS0592", Severity: DiagnosticSeverity.Error });

    [Theory]
    [InlineData("[BroadcastEvent] public interface [|IChatEvents|]<T> { void Ping(T value); }")]
    [InlineData("[BroadcastEvent] file interface [|IChatEvents|] { void Ping(); }")]
    [InlineData("public class Outer { [BroadcastEvent] private interface [|IChatEvents|] { void Ping(); } }")]
    [InlineData("public class Outer { [BroadcastEvent] protected interface [|IChatEvents|] { void Ping(); } }")]
    [InlineData("public class Outer { [BroadcastEvent] private protected interface [|IChatEvents|] { void Ping(); } }")]
    [InlineData("public class Outer { private class Inner { [BroadcastEvent] public interface [|IChatEvents|] { void Ping(); } } }")]
    [InlineData("public class Outer<T> { [BroadcastEvent] public interface [|IChatEvents|] { void Ping(); } }")]
    public Task Triggers(string source) => Analysis.VerifyAsync<UnreachableContractAnalyzer>(source);

    [Theory]
    [InlineData("[BroadcastEvent] public interface IChatEvents { void Ping(); }")]
    [InlineData("[BroadcastEvent] internal interface IChatEvents { void Ping(); }")]
    [InlineData("internal class Outer { [BroadcastEvent] protected internal interface IChatEvents { void Ping(); } }")]
    [InlineData("file interface INoContract<T> { void Ping(T value); }")]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<UnreachableContractAnalyzer>(source);

    [Fact]
    public async Task Message_names_the_obstacle()
    {
        var messages = await Analysis.VerifyAsync<UnreachableContractAnalyzer>(
            "public class Outer { private class Inner { [BroadcastEvent] public interface [|IChatEvents|] { void Ping(); } } }");

        Assert.Equal(
            "Generated code cannot access the contract 'IChatEvents', because it is nested in 'Inner', which is private or protected; "
            + "make it a public or internal interface without type parameters",
            Assert.Single(messages));
    }
}

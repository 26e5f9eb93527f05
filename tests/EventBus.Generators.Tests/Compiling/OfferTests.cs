using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>Events are offered only on targets that support them. Other calls do not compile.</summary>
public sealed class OfferTests
{
    [Theory]
    [InlineData("emitter.Vote()")]
    [InlineData("emitter.To(\"r1\").Vote()")]
    [InlineData("emitter.WithTimeout(TimeSpan.FromSeconds(1)).Vote()")]
    [InlineData("emitter.Stream.Vote()")]
    [InlineData("emitter.ServerSide.Vote()")]
    [InlineData("emitter.ServerSide.WithTimeout(TimeSpan.FromSeconds(1)).Vote()")]
    [InlineData("emitter.ServerSide.Ping()")]
    [InlineData("publisher.To(\"r1\").Ping()")]
    [InlineData("nodes.Ping()")]
    public void Compiles(string use) => Assert.Empty(Errors(use));

    [Theory]
    [InlineData("emitter.Post.Vote()")]
    [InlineData("emitter.Within(default(Npgsql.NpgsqlTransaction)!).Vote()")]
    [InlineData("publisher.Vote()")]
    [InlineData("nodes.Vote()")]
    [InlineData("emitter.WithTimeout(TimeSpan.FromSeconds(1)).Ping()")]
    [InlineData("emitter.Stream.Ping()")]
    [InlineData("emitter.ServerSide.WithTimeout(TimeSpan.FromSeconds(1)).Ping()")]
    [InlineData("emitter.ServerSide.Connection()")]
    public void Send_unsupported_target_does_not_compile(string use) => Assert.NotEmpty(Errors(use));

    private static IEnumerable<Diagnostic> Errors(string use) => GeneratorRun.Of(
        "[BroadcastEvent] public interface IPollEvents { void Ping(); ValueTask<int> Vote(); void Connection(); }",
        $$"""
        internal static class Use
        {
            public static object? It(
                Emitter<IPollEvents> emitter, PublisherOperator<IPollEvents> publisher, ServerSideOperator<IPollEvents> nodes) => {{use}};
        }
        """).Output.GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

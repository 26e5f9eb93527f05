using System.Collections.Immutable;
using EventBus.Analyzers.Hosting;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Hosting;

public sealed class UnusedContractTests
{
    private const string Contract = "[BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }\n";
    private const string Sender = "await ((Emitter<IChatEvents>)null!).To(\"r1\").Ping(1);";

    [Fact]
    public async Task Triggers_if_a_contract_is_neither_handled_nor_sent() => Assert.Equal(
        [
            "EVB3001: No code of this application handles the events of 'IChatEvents'",
            "EVB3002: No code of this application sends an event of 'IChatEvents'",
        ],
        await AnalyzeAsync("", Contract));

    [Fact]
    public async Task Triggers_if_a_contract_is_only_sent() =>
        Assert.Equal(["EVB3001: No code of this application handles the events of 'IChatEvents'"], await AnalyzeAsync(Sender, Contract));

    [Theory]
    [InlineData("", "public class Handler : IChatEvents { public ValueTask Ping(int value) => default; }")]
    [InlineData("await ((IEventBus)null!).AddHandlerAsync<IChatEvents>(null!);", "")]
    [InlineData(
        "_ = EventSize.Measure((Emitter<IChatEvents>)null!, to => to.Ping(1));",
        "public class Handler : IChatEvents { public ValueTask Ping(int value) => default; }")]
    [InlineData("((LocalSocket)null!).Handle<IChatEvents>(null!);", "")]
    public async Task Triggers_if_a_contract_is_only_handled(string statements, string types) =>
        Assert.Equal(
            ["EVB3002: No code of this application sends an event of 'IChatEvents'"], await AnalyzeAsync(statements, Contract + types));

    [Theory]
    [InlineData(Sender)]
    [InlineData("((Emitter<IChatEvents>)null!).Post.Ping(1);")]
    [InlineData("static ValueTask Send<T>(T target) where T : IEventTarget<IChatEvents> => target.Ping(1);")]
    [InlineData("await ((Emitter<IChatEvents>)null!).Within(default(Npgsql.NpgsqlTransaction)!).Ping(1);")]
    [InlineData("Func<int, CancellationToken, ValueTask> send = ((Emitter<IChatEvents>)null!).Ping;")]
    public async Task Does_not_trigger(string statements) =>
        Assert.Empty(
            await AnalyzeAsync(
                statements, $"{Contract} public class Handler : IChatEvents {{ public ValueTask Ping(int value) => default; }}"));

    [Fact]
    public async Task Inherited_contract_counts_as_used() => Assert.Empty(await AnalyzeAsync(
        "await ((Emitter<IMore>)null!).Ping(1);",
        $"{Contract} [BroadcastEvent] public interface IMore : IChatEvents; public class Handler : IMore {{ "
            + $"public ValueTask Ping(int value) => default; }}"));

    /// <summary>Code cannot send or handle an invalid contract before its own errors are fixed.</summary>
    [Theory]
    [InlineData("[BroadcastEvent] public interface IBroken { ValueTask Ping(Action value); }")]
    [InlineData("[BroadcastEvent] public interface IBroken<T> { ValueTask Ping(int value); }")]
    [InlineData("[BroadcastEvent] public interface IBroken { ValueTask Ping(int value); int Count { get; } }")]
    public async Task Does_not_trigger_on_invalid_contracts(string contract) => Assert.Empty(await AnalyzeAsync("", contract));

    [Fact]
    public async Task Does_not_trigger_in_libraries() => Assert.Empty(await Analysis.VerifyAsync<UnusedContractAnalyzer>(Contract));

    private static async Task<ImmutableArray<string>> AnalyzeAsync(string statements, string types)
    {
        var library = Analysis.Compile($$"""
            using EventBus;
            public static class Program { public static async Task Main() { await Task.Yield(); {{statements}} } }
            {{types}}
            """, withEventBus: true);
        var compilation = library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication));
        var diagnostics = await Analysis.AnalyzeAsync<UnusedContractAnalyzer>(compilation);
        return [.. diagnostics.Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}").Order(StringComparer.Ordinal)];
    }
}

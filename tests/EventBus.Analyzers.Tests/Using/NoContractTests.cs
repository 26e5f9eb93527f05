using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class NoContractTests
{
    [Theory]
    [InlineData("Emitter<[|IPlain|]>? emitter = null;")]
    [InlineData("var emitter = new EventBus.Emitter<[|IPlain|]>(bus);")]
    [InlineData("var emitter = bus.Emitter<[|IPlain|]>();")]
    [InlineData("var publisher = bus.Publisher<[|string|]>();")]
    [InlineData("Publisher<[|IInheriting|]>[] publishers = [];")]
    [InlineData("var services = new List<Publisher<[|IPlain|]>>();")]
    public Task Triggers(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData("var emitter = bus.Emitter<IChatEvents>();")]
    [InlineData("var emitter = bus.Emitter<T>();")]
    [InlineData("var emitter = typeof(Emitter<>);")]
    [InlineData("var emitter = new Other.Emitter<IPlain>();")]
    public Task Does_not_trigger(string statement) => VerifyAsync(statement);

    [Theory]
    [InlineData("IPlain", "'IPlain' is no contract, so nothing can send its events; mark it with [BroadcastEvent]")]
    [InlineData("string", "'String' is no contract, so nothing can send its events; use an interface with [BroadcastEvent]")]
    public async Task Message_names_the_remedy(string type, string message) =>
        Assert.Equal([message], await VerifyAsync($"var emitter = bus.Emitter<[|{type}|]>();"));

    private static async Task<IEnumerable<string>> VerifyAsync(string statement) =>
        await Analysis.VerifyAsync<NoContractAnalyzer>($$"""
            [BroadcastEvent] public interface IChatEvents { void Ping(int number); }
            public interface IInheriting : IChatEvents { }
            public interface IPlain { void Ping(int number); }
            public static class Other { public sealed class Emitter<T> { } }
            public static class Program
            {
                public static void Run<T>(IEventBus bus)
                    where T : class
                {
                    {{statement}}
                }
            }
            """);
}

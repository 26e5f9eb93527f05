using EventBus.Analyzers.CodeFixes.Declaring;
using EventBus.Analyzers.CodeFixes.Using;
using EventBus.Analyzers.Declaring;
using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.CodeFixes;

public sealed class MechanicalCodeFixTests
{
    private const string Contract = """
        using EventBus;

        [BroadcastEvent]
        public interface IChatEvents
        {
            void Ping(in DateTime at, params string[] texts);

            void Pong(ref int number);
        }
        """;

    private const string Handler = """
        using System.Threading.Tasks;

        public class ChatHandler : IChatEvents
        {
            public void Ping(in DateTime at, params string[] texts) { }

            public void Pong(ref int number) { }
        }
        """;

    [Fact]
    public async Task An_argument_is_passed_by_value_in_the_contract_and_its_handlers()
    {
        var files = await Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Contract, Handler).FixFirstAsync();

        Assert.Contains("void Ping(DateTime at, params string[] texts);", files[0]);
        Assert.Contains("void Ping(DateTime at, params string[] texts) { }", files[1]);
    }

    [Fact]
    public async Task All_arguments_are_passed_by_value_at_once()
    {
        var files = await Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Contract, Handler).FixAllAsync();

        Assert.Contains("void Ping(DateTime at, string[] texts);", files[0]);
        Assert.Contains("void Pong(int number);", files[0]);
        Assert.Contains("void Ping(DateTime at, string[] texts) { }", files[1]);
        Assert.Contains("void Pong(int number) { }", files[1]);
    }

    [Fact]
    public Task What_comes_back_by_an_argument_is_not_fixed() =>
        Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of("[EventBus.BroadcastEvent] public interface IChatEvents { void Ping(out int number); }").OffersNothingAsync();

    [Fact]
    public async Task Inherited_interfaces_are_marked()
    {
        var files = await Fixing<InheritedInterfaceIsNoContractAnalyzer, ContractMarkCodeFix>.Of(
            "[EventBus.BroadcastEvent]\npublic interface IChatEvents : Rooms.IRoomEvents, IPlain;\n[EventBus.BroadcastEvent]\npublic interface IOther : IPlain;",
            "namespace Rooms\n{\n    /// <summary>Rooms.</summary>\n    public interface IRoomEvents\n    {\n        void Opened();\n    }\n}",
            "using System;\n\npublic interface IPlain;").FixAllAsync();

        Assert.Equal("using EventBus;\nnamespace Rooms\n{\n    /// <summary>Rooms.</summary>\n    [BroadcastEvent]\n    public interface IRoomEvents\n    {\n        void Opened();\n    }\n}", files[1]);
        Assert.Equal("using System;\nusing EventBus;\n\n[BroadcastEvent]\npublic interface IPlain;", files[2]);
    }

    [Fact]
    public Task Interfaces_of_other_assemblies_are_not_marked() => Fixing<InheritedInterfaceIsNoContractAnalyzer, ContractMarkCodeFix>.Of(
        "[EventBus.BroadcastEvent] public interface IChatEvents : IDisposable;").OffersNothingAsync();

    [Fact]
    public async Task An_async_void_handler_returns_a_task_as_does_its_event()
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            "using EventBus;\n\n[BroadcastEvent]\npublic interface IChatEvents\n{\n    void Ping();\n}",
            "using System.Threading.Tasks;\n\npublic class One : IChatEvents\n{\n    public async void Ping() => await Task.Yield();\n}",
            "public class Two : IChatEvents\n{\n    async void IChatEvents.Ping() { await System.Threading.Tasks.Task.Yield(); }\n}").FixAllAsync();

        Assert.Equal("using System.Threading.Tasks;\nusing EventBus;\n\n[BroadcastEvent]\npublic interface IChatEvents\n{\n    ValueTask Ping();\n}", files[0]);
        Assert.Contains("public async ValueTask Ping() => await Task.Yield();", files[1]);
        Assert.StartsWith("using System.Threading.Tasks;\npublic class Two", files[2]);
        Assert.Contains("async ValueTask IChatEvents.Ping()", files[2]);
    }

    [Fact]
    public async Task Overrides_and_parts_return_it_too()
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            "using EventBus; using System.Threading.Tasks; [BroadcastEvent] public interface IChatEvents { void Ping(); }",
            "using System.Threading.Tasks; public class One : IChatEvents { public virtual async void Ping() => await Task.Yield(); }",
            "using System.Threading.Tasks; public class Two : One { public override async void Ping() => await Task.Yield(); }",
            "using System.Threading.Tasks; public partial class Three : IChatEvents { public partial void Ping(); public async partial void Ping() => await Task.Yield(); }").FixAllAsync();

        Assert.Contains("public virtual async ValueTask Ping()", files[1]);
        Assert.Contains("public override async ValueTask Ping()", files[2]);
        Assert.Contains("public partial ValueTask Ping(); public async partial ValueTask Ping()", files[3]);
    }

    [Fact]
    public Task Where_another_handler_is_not_async_the_event_stays_as_it_is() => Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
        "[EventBus.BroadcastEvent] public interface IChatEvents { void Ping(); }",
        "public class One : IChatEvents { public async void Ping() => await System.Threading.Tasks.Task.Yield(); }",
        "public class Two : IChatEvents { public void Ping() { } }").OffersNothingAsync();
}

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
    public async Task ByValue_fixes_the_contract_and_its_handlers()
    {
        var files = await Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Contract, Handler).FixFirstAsync();

        Assert.Contains("void Ping(DateTime at, params string[] texts);", files[0]);
        Assert.Contains("void Ping(DateTime at, params string[] texts) { }", files[1]);
    }

    [Fact]
    public async Task ByValue_fixes_all_in_the_document()
    {
        var files = await Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Contract, Handler).FixAllAsync();

        Assert.Contains("void Ping(DateTime at, string[] texts);", files[0]);
        Assert.Contains("void Pong(int number);", files[0]);
        Assert.Contains("void Ping(DateTime at, string[] texts) { }", files[1]);
        Assert.Contains("void Pong(int number) { }", files[1]);
    }

    [Fact]
    public Task ByValue_is_not_offered_for_out_arguments() =>
        Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(
            "[EventBus.BroadcastEvent] public interface IChatEvents { void Ping(out int number); }")
            .OffersNothingAsync();

    [Theory]
    [InlineData("handler.Ping(default, \"a\", \"b\");")]
    [InlineData("handler.Ping(default);")]
    [InlineData("events!.Ping(texts: \"a\", at: default);")]
    [InlineData("events?.Ping(default, \"a\");")]
    [InlineData("Tagging tag = handler.Ping;")]
    public Task ByValue_is_not_offered_if_a_call_lists_the_arguments(string statement) =>
        Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Called("DateTime at, params string[] texts", statement)).OffersNothingAsync();

    [Theory]
    [InlineData("ref DateTime at", "handler.Ping(ref now);")]
    [InlineData("in DateTime at", "events!.Ping(in now);")]
    public Task ByValue_is_not_offered_if_a_call_passes_a_reference(string parameters, string statement) =>
        Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Called(parameters, statement)).OffersNothingAsync();

    [Theory]
    [InlineData("DateTime at, params string[] texts", "handler.Ping(now, [\"a\"]);", "DateTime at, string[] texts")]
    [InlineData("in DateTime at", "handler.Ping(now);", "DateTime at")]
    public async Task ByValue_is_offered_if_calls_pass_the_value(string parameters, string statement, string expected)
    {
        var files = await Fixing<ArgumentNotByValueAnalyzer, ByValueCodeFix>.Of(Called(parameters, statement)).FixAllAsync();

        Assert.Contains($"public void Ping({expected}) {{ }}", files[0]);
    }

    [Fact]
    public async Task MarkContract_marks_inherited_interfaces()
    {
        var files = await Fixing<InheritedInterfaceIsNoContractAnalyzer, ContractMarkCodeFix>.Of(
            "[EventBus.BroadcastEvent]\npublic interface IChatEvents : Rooms.IRoomEvents, IPlain;\n[EventBus.BroadcastEvent]\n"
                + "public interface IOther : IPlain;",
            "namespace Rooms\n{\n    /// <summary>Rooms.</summary>\n    public interface IRoomEvents\n    {\n        void Opened();\n"
                + "    }\n}",
            "using System;\n\npublic interface IPlain;").FixAllAsync();

        Assert.Equal(
            "using EventBus;\nnamespace Rooms\n{\n    /// <summary>Rooms.</summary>\n    [BroadcastEvent]\n"
            + "    public interface IRoomEvents\n    {\n        void Opened();\n    }\n}",
            files[1]);
        Assert.Equal("using System;\nusing EventBus;\n\n[BroadcastEvent]\npublic interface IPlain;", files[2]);
    }

    [Fact]
    public Task MarkContract_is_not_offered_for_other_assemblies() =>
        Fixing<InheritedInterfaceIsNoContractAnalyzer, ContractMarkCodeFix>.Of(
            "[EventBus.BroadcastEvent] public interface IChatEvents : IDisposable;").OffersNothingAsync();

    [Fact]
    public Task MarkContract_is_not_offered_for_unfit_interfaces() =>
        Fixing<InheritedInterfaceIsNoContractAnalyzer, ContractMarkCodeFix>.Of(
            "[EventBus.BroadcastEvent] public interface IChatEvents : IRooms<int>; public interface IRooms<T> { void Opened(T room); }")
            .OffersNothingAsync();

    [Fact]
    public async Task ReturnTask_fixes_an_async_void_handler_and_its_event()
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            "using EventBus;\n\n[BroadcastEvent]\npublic interface IChatEvents\n{\n    void Ping();\n}",
            "using System.Threading.Tasks;\n\npublic class One : IChatEvents\n{\n    public async void Ping() => await Task.Yield();\n}",
            "public class Two : IChatEvents\n{\n    async void IChatEvents.Ping() { await System.Threading.Tasks.Task.Yield(); }\n}")
            .FixAllAsync();

        Assert.Equal(
            "using System.Threading.Tasks;\nusing EventBus;\n\n[BroadcastEvent]\npublic interface IChatEvents\n{\n    ValueTask Ping();\n}",
            files[0]);
        Assert.Contains("public async ValueTask Ping() => await Task.Yield();", files[1]);
        Assert.StartsWith("using System.Threading.Tasks;\npublic class Two", files[2]);
        Assert.Contains("async ValueTask IChatEvents.Ping()", files[2]);
    }

    [Fact]
    public async Task ReturnTask_wraps_the_ack()
    {
        var files = await Fixing<UnsupportedReturnTypeAnalyzer, AckCodeFix>.Of(
            "using EventBus;\n\n[BroadcastEvent]\npublic interface IPollEvents\n{\n    int Count(string question);\n    string? Name();\n}",
            "public class One : IPollEvents\n{\n    public int Count(string question) => question.Length;\n"
                + "    public string? Name() => throw new NotSupportedException();\n}",
            "public class Two : IPollEvents\n{\n    public int Count(string question)\n    {\n        int Own() { return 1; }\n"
                + "        if (question == \"\")\n            return Own();\n        return 0;\n    }\n\n"
                + "    string? IPollEvents.Name() => null;\n}").FixAllAsync();

        Assert.Equal(
            "using System.Threading.Tasks;\nusing EventBus;\n\n[BroadcastEvent]\npublic interface IPollEvents\n{\n"
            + "    ValueTask<int> Count(string question);\n    ValueTask<string?> Name();\n}",
            files[0]);
        Assert.Contains("public ValueTask<int> Count(string question) => ValueTask.FromResult<int>(question.Length);", files[1]);
        Assert.Contains("public ValueTask<string?> Name() => throw new NotSupportedException();", files[1]);
        Assert.Contains("int Own() { return 1; }", files[2]);
        Assert.Contains("return ValueTask.FromResult<int>(Own());", files[2]);
        Assert.Contains("return ValueTask.FromResult<int>(0);", files[2]);
        Assert.Contains("ValueTask<string?> IPollEvents.Name() => ValueTask.FromResult<string?>(null);", files[2]);
    }

    [Theory]
    [InlineData("System.Threading.Tasks.ValueTask<System.IO.Stream> Photo();", "")]
    [InlineData("System.IO.Stream Photo();", "")]
    [InlineData("ref int Count();", "")]
    [InlineData(
        "System.Collections.Generic.IEnumerable<int> Counts();",
        "public class One : IPollEvents { public System.Collections.Generic.IEnumerable<int> Counts() { yield return 1; } }")]
    public Task ReturnTask_is_not_offered_for_unsupported_acks(string method, string handler) =>
        Fixing<UnsupportedReturnTypeAnalyzer, AckCodeFix>
            .Of($"[EventBus.BroadcastEvent] public interface IPollEvents {{ {method} }}", handler).OffersNothingAsync();

    [Fact]
    public async Task ReturnTask_leaves_acks_of_the_base_class()
    {
        var files = await Fixing<UnsupportedReturnTypeAnalyzer, AckCodeFix>.Of(
            "[EventBus.BroadcastEvent] public interface IPollEvents { int Count(); }",
            "public class One : IPollEvents { public virtual int Count() => 3; }",
            "public class Two : One { public override int Count() { if (GetHashCode() == 0) return 1; return base.Count(); } }")
            .FixFirstAsync();

        Assert.Contains("return ValueTask.FromResult<int>(1); return base.Count();", files[2]);
    }

    [Fact]
    public async Task Slash_is_added_to_a_bus_namespace()
    {
        var files = await Fixing<UnusableBusNamespaceAnalyzer, BusNamespaceCodeFix>.Of(
            "using EventBus;\n\n[BroadcastEvent(Namespace = \"chat\")]\npublic interface IChatEvents;\n\n"
                + "[BroadcastEvent(Namespace = \"\")]\npublic interface IRootEvents;").FixAllAsync();

        Assert.Equal(
            "using EventBus;\n\n[BroadcastEvent(Namespace = \"/chat\")]\npublic interface IChatEvents;\n\n"
            + "[BroadcastEvent(Namespace = \"/\")]\npublic interface IRootEvents;",
            files[0]);
    }

    [Theory]
    [InlineData("\"/chat\\0\"")]
    [InlineData("\"chat\\0\"")]
    [InlineData("\"12345678901234567890123456789012345678901234567890123\"")]
    [InlineData("nameof(IChatEvents)")]
    public Task Slash_is_not_offered_if_more_is_wrong(string name) => Fixing<UnusableBusNamespaceAnalyzer, BusNamespaceCodeFix>
        .Of($"[EventBus.BroadcastEvent(Namespace = {name})] public interface IChatEvents;").OffersNothingAsync();

    [Theory]
    [InlineData("Work().Wait();", "await Work();")]
    [InlineData("Work().Wait(token);", "await Work().WaitAsync(token);")]
    [InlineData("var text = Work().Result.ToString();", "var text = (await Work()).ToString();")]
    [InlineData("return Work().Result + 1;", "return await Work() + 1;")]
    [InlineData("Work().ConfigureAwait(false).GetAwaiter().GetResult();", "await Work().ConfigureAwait(false);")]
    [InlineData("Gate.Wait(TimeSpan.FromSeconds(1), token);", "await Gate.WaitAsync(TimeSpan.FromSeconds(1), token);")]
    [InlineData("Task.WaitAll(Work(), Work());", "await Task.WhenAll(Work(), Work());")]
    [InlineData("System.Threading.Thread.Sleep(10);", "await Task.Delay(10);")]
    [InlineData("return Work() /* why */ .Result;", "return await Work() /* why */;")]
    [InlineData("var one = Work() // why\n    .Result.ToString();", "var one = (await Work()) // why\n    .ToString();")]
    [InlineData(
        "Work()./* so */ConfigureAwait(false). /* why */ GetAwaiter(/* none */).GetResult() /* here */;",
        "await Work()./* so */ConfigureAwait(false) /* why */ /* none */ /* here */;")]
    [InlineData("Work()./* why */Wait(token);", "await Work()./* why */WaitAsync(token);")]
    public async Task Await_replaces_blocking_in_an_async_handler(string statement, string expected)
    {
        var files = await Fixing<BlockingHandlerAnalyzer, AwaitedCallCodeFix>.Of(Blocking("async ValueTask<int>", statement)).FixAllAsync();

        Assert.Contains($"{{ {expected} return 0; }}", files[0]);
    }

    [Theory]
    [InlineData("ValueTask<int>", "Work().Wait();")]
    [InlineData("async ValueTask<int>", "lock (Gate) { Work().Wait(); }")]
    [InlineData("async ValueTask<int>", "Work().Wait(100);")]
    [InlineData("async ValueTask<int>", "Task.WaitAny(Work());")]
    [InlineData("async ValueTask<int>", "try { } catch (Exception) when (Work().Result == 0) { }")]
    public Task Await_is_not_offered_for_blocking_without_awaitable(string returns, string statement) =>
        Fixing<BlockingHandlerAnalyzer, AwaitedCallCodeFix>.Of(Blocking(returns, statement)).OffersNothingAsync();

    [Fact]
    public async Task ReturnTask_fixes_overrides_and_partial_methods()
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            "using EventBus; using System.Threading.Tasks; [BroadcastEvent] public interface IChatEvents { void Ping(); }",
            "using System.Threading.Tasks; public class One : IChatEvents { public virtual async void Ping() => await Task.Yield(); }",
            "using System.Threading.Tasks; public class Two : One { public override async void Ping() => await Task.Yield(); }",
            "using System.Threading.Tasks; public partial class Three : IChatEvents { public partial void Ping(); "
                + "public async partial void Ping() => await Task.Yield(); }").FixAllAsync();

        Assert.Contains("public virtual async ValueTask Ping()", files[1]);
        Assert.Contains("public override async ValueTask Ping()", files[2]);
        Assert.Contains("public partial ValueTask Ping(); public async partial ValueTask Ping()", files[3]);
    }

    [Fact]
    public Task ReturnTask_leaves_the_event_if_a_handler_is_not_async() => Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
        "[EventBus.BroadcastEvent] public interface IChatEvents { void Ping(); }",
        "public class One : IChatEvents { public async void Ping() => await System.Threading.Tasks.Task.Yield(); }",
        "public class Two : IChatEvents { public void Ping() { } }").OffersNothingAsync();

    [Theory]
    [InlineData("Action act = one.Ping;")]
    [InlineData("events!.Ping(); Each(new Two().Ping);")]
    [InlineData("Each(events!.Ping);")]
    public Task ReturnTask_leaves_the_event_if_it_becomes_a_delegate(string statements) =>
        Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(Used(statements)).OffersNothingAsync();

    [Fact]
    public async Task ReturnTask_is_offered_if_the_method_is_only_called()
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            Used("one.Ping(); events?.Ping(); Each(() => one.Ping()); Console.Write(nameof(one.Ping));"))
            .FixFirstAsync();

        Assert.Contains("public virtual async ValueTask Ping()", files[0]);
    }

    [Theory]
    [InlineData(
        "#if !NEVER\nusing System;\n#endif\nusing EventBus;",
        "using System.Threading.Tasks;\n#if !NEVER\nusing System;\n#endif\nusing EventBus;")]
    [InlineData(
        "using System;\n#if !NEVER\nusing System.IO;\n#endif\nusing EventBus;",
        "using System;\nusing System.Threading.Tasks;\n#if !NEVER\nusing System.IO;\n#endif\nusing EventBus;")]
    [InlineData(
        "// Ours.\n#if !NEVER\nusing EventBus;\n#endif",
        "// Ours.\nusing System.Threading.Tasks;\n#if !NEVER\nusing EventBus;\n#endif")]
    [InlineData(
        "#if NEVER\nusing System;\n#endif\nusing EventBus;",
        "#if NEVER\nusing System;\n#endif\nusing System.Threading.Tasks;\nusing EventBus;")]
    public async Task Using_directive_is_added_outside_of_conditions(string usings, string expected)
    {
        var files = await Fixing<AsyncVoidHandlerAnalyzer, AwaitedHandlerCodeFix>.Of(
            $"{usings}\n\n[BroadcastEvent] public interface IChatEvents {{ void Ping(); }}",
            "using System.Threading.Tasks; public class One : IChatEvents { public async void Ping() => await Task.Yield(); }")
            .FixFirstAsync();

        Assert.StartsWith($"{expected}\n\n[BroadcastEvent]", files[0]);
    }

    private static string Called(string parameters, string statement) => $$"""
        [EventBus.BroadcastEvent] public interface IChatEvents { void Ping({{parameters}}); }

        public class ChatHandler : IChatEvents { public void Ping({{parameters}}) { } }

        public delegate void Tagging(DateTime at, params string[] texts);

        public class Program
        {
            public static void Run(ChatHandler handler, IChatEvents? events, DateTime now) { {{statement}} }
        }
        """;

    private static string Used(string statements) => $$"""
        using System.Threading.Tasks;

        [EventBus.BroadcastEvent] public interface IChatEvents { void Ping(); }

        public class One : IChatEvents { public virtual async void Ping() => await Task.Yield(); }

        public class Two : One { public override async void Ping() => await Task.Yield(); }

        public class Program
        {
            public static void Run(One one, IChatEvents? events) { {{statements}} }

            private static void Each(Action act) { }
        }
        """;

    private static string Blocking(string returns, string statement) => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using EventBus;

        [BroadcastEvent] public interface IChatEvents { ValueTask<int> Ping(CancellationToken token); }

        public sealed class Handler : IChatEvents
        {
            private static readonly SemaphoreSlim Gate = new(1);
            private static Task<int> Work() => Task.FromResult(1);
            public {{returns}} Ping(CancellationToken token)
            { {{statement}} return {{(returns.StartsWith("async", StringComparison.Ordinal) ? "0" : "default")}}; }
        }
        """;
}

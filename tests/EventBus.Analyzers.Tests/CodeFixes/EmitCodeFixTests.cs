using EventBus.Analyzers.CodeFixes.Using;
using EventBus.Analyzers.Tests.Using;
using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.CodeFixes;

/// <summary>The generated senders, and events by name.</summary>
public sealed class EmitCodeFixTests
{
    [Theory]
    [InlineData("emitter.To(\"r1\").Ping(1);", "await emitter.To(\"r1\").Ping(1);")]
    [InlineData("_ = emitter.Ping(1, token).AsTask();", "await emitter.Ping(1, token).AsTask();")]
    [InlineData("emitter.Ping(1).ConfigureAwait(false);", "await emitter.Ping(1).ConfigureAwait(false);")]
    [InlineData("_ = emitter.Vote();", "await emitter.Vote();")]
    [InlineData("_ = /* why */ emitter.Ping(1) /* so */;", "await /* why */ emitter.Ping(1) /* so */;")]
    [InlineData("Func<Task> act = async () => _ = emitter.Ping(1);", "Func<Task> act = async () => await emitter.Ping(1);")]
    [InlineData("_ = bus.Of().To(\"r1\").EmitAsync(\"ping\");", "await bus.Of().To(\"r1\").EmitAsync(\"ping\");")]
    public async Task Await_fixes_an_unobserved_emit(string statement, string expected)
    {
        var files = await Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>.Of(Method("async Task", statement)).FixFirstAsync();

        Assert.Contains($"{{ {expected} }}", files[0]);
    }

    [Fact]
    public async Task Await_fixes_all_in_the_document()
    {
        var files = await Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>
            .Of(Method("async Task", "emitter.Ping(1); _ = bus.Of().ServerSideEmitAsync(\"pong\").AsTask();")).FixAllAsync();

        Assert.Contains("{ await emitter.Ping(1); await bus.Of().ServerSideEmitAsync(\"pong\").AsTask(); }", files[0]);
    }

    [Theory]
    [InlineData("void", "_ = bus.Of().All.EmitAsync(\"ping\");")]
    [InlineData("async Task", "lock (bus) { _ = emitter.Ping(1); }")]
    [InlineData("async Task", "maybe?.Ping(1);")]
    [InlineData("async Task", "var task = emitter.Ping(1);")]
    [InlineData("async Task", "emitter.Stream.Vote();")]
    [InlineData("async Task", "Each(n => emitter.Ping(n));")]
    public Task Await_is_not_offered_outside_async_code(string returns, string statement) =>
        Fixing<UnobservedEmitAnalyzer, AwaitedEmitCodeFix>.Of(Method(returns, statement)).OffersNothingAsync();

    [Theory]
    [InlineData("emitter.To(\"r1\").Ping(1);", "emitter.To(\"r1\").Post.Ping(1);")]
    [InlineData("_ = emitter.Ping(1, token);", "emitter.Post.Ping(1);")]
    [InlineData("_ = /* why */ emitter.Ping(1) /* so */;", "/* why */ emitter.Post.Ping(1) /* so */;")]
    [InlineData("_ = emitter.Local.Ping(cancellationToken: token, value: 1).AsTask();", "emitter.Local.Post.Ping(value: 1);")]
    [InlineData("(emitter.Ping(1)).ConfigureAwait(false);", "emitter.Post.Ping(1);")]
    [InlineData("maybe?.Ping(1);", "maybe?.Post.Ping(1);")]
    [InlineData("maybe?.To(\"r1\").Ping(1).AsTask();", "maybe?.To(\"r1\").Post.Ping(1);")]
    [InlineData("publisher.Emitter<IChatEvents>().Ping(1);", "publisher.Emitter<IChatEvents>().Post.Ping(1);")]
    [InlineData("emitter\n    .To(\"r1\")\n    .Ping(1);", "emitter\n    .To(\"r1\").Post\n    .Ping(1);")]
    [InlineData("Action act = () => emitter.Ping(1);", "Action act = () => emitter.Post.Ping(1);")]
    [InlineData("_ = bus.Of().All.EmitAsync(\"ping\", cancellationToken: token);", "bus.Of().All.Post(\"ping\");")]
    [InlineData(
        "maybe?.To(\"r1\"); _ = bus?.Of().To(\"r1\").EmitAsync(\"ping\");",
        "maybe?.To(\"r1\"); bus?.Of().To(\"r1\").Post(\"ping\");")]
    public async Task Post_fixes_an_emit_that_cannot_be_awaited(string statement, string expected)
    {
        var files = await Fixing<UnobservedEmitAnalyzer, PostedEmitCodeFix>.Of(Method("void", statement)).FixFirstAsync();

        Assert.Contains($"{{ {expected} }}", files[0]);
    }

    [Fact]
    public async Task Post_fixes_all_in_the_document()
    {
        var files = await Fixing<UnobservedEmitAnalyzer, PostedEmitCodeFix>
            .Of(Method("void", "emitter.Ping(1); Each(n => emitter.Ping(n)); _ = bus.Of().All.EmitAsync(\"pong\");")).FixAllAsync();

        Assert.Contains("{ emitter.Post.Ping(1); Each(n => emitter.Post.Ping(n)); bus.Of().All.Post(\"pong\"); }", files[0]);
    }

    [Theory]
    [InlineData("async Task", "emitter.Ping(1);")]
    [InlineData("void", "_ = emitter.Ping(1, /* until we stop */ token);")]
    [InlineData("void", "_ = emitter.Ping(1, token /* until we stop */);")]
    [InlineData("void", "_ = emitter.Ping(cancellationToken: token, // until we stop\n    value: 1);")]
    [InlineData("void", "_ = emitter.Ping(1) /* a task */ .AsTask();")]
    [InlineData("void", "_ = emitter.Vote();")]
    [InlineData("void", "_ = emitter.Within(transaction).Ping(1);")]
    [InlineData("void", "_ = bus.Of().ServerSideEmitAsync(\"ping\");")]
    [InlineData("void", "_ = bus.Of().All.SocketsJoinAsync([\"r1\"]);")]
    public Task Post_is_not_offered_if_await_is_possible_or_comments_are_lost(string returns, string statement) =>
        Fixing<UnobservedEmitAnalyzer, PostedEmitCodeFix>.Of(Method(returns, statement)).OffersNothingAsync();

    [Theory]
    [InlineData("await emitter.Ping(1);", "await emitter.Within(transaction).Ping(1);")]
    [InlineData(
        "await emitter.To(\"r1\").Volatile.Ping(1, token);",
        "await emitter.Within(transaction).To(\"r1\").Volatile.Ping(1, token);")]
    [InlineData("await emitter.All.To(\"r1\").Ping(1);", "await emitter.Within(transaction).To(\"r1\").Ping(1);")]
    [InlineData(
        "await publisher.Emitter<IChatEvents>().To(\"r1\").Ping(1);",
        "await publisher.Emitter<IChatEvents>().Within(transaction).To(\"r1\").Ping(1);")]
    [InlineData(
        "var @lock = transaction.Connection!.BeginTransaction(); transaction.Commit(); await emitter.Ping(1);",
        "var @lock = transaction.Connection!.BeginTransaction(); transaction.Commit(); await emitter.Within(@lock).Ping(1);")]
    [InlineData(
        "await emitter // ours\n    .To(\"r1\")\n    .Ping(1);",
        "await emitter.Within(transaction) // ours\n    .To(\"r1\")\n    .Ping(1);")]
    [InlineData("await emitter\n    .All\n    .To(\"r1\").Ping(1);", "await emitter.Within(transaction)\n    .To(\"r1\").Ping(1);")]
    [InlineData(
        "var rooms = emitter.To(\"r1\"); await rooms.Ping(1);",
        "var rooms = emitter.To(\"r1\"); await rooms.Within(transaction).Ping(1);")]
    [InlineData(
        "await bus.Of().All.To(\"r1\").Volatile.EmitAsync(\"ping\");",
        "await bus.Of().All.Within(transaction).To(\"r1\").Volatile.EmitAsync(\"ping\");")]
    public async Task Within_fixes_an_emit_beside_a_transaction(string statement, string expected)
    {
        var files = await Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>.Of(Method("async Task", statement)).FixFirstAsync();

        Assert.Contains($"{{ {expected} }}", files[0]);
    }

    [Fact]
    public async Task Within_fixes_all_in_the_document()
    {
        var files = await Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>
            .Of(Method("async Task", "await emitter.Ping(1); await bus.Of().All.EmitAsync(\"pong\");")).FixAllAsync();

        Assert.Contains("await emitter.Within(transaction).Ping(1); await bus.Of().All.Within(transaction).EmitAsync(\"pong\");", files[0]);
    }

    [Theory]
    [InlineData("emitter.Post.Ping(1);")]
    [InlineData("bus.Of().All.Post(\"ping\");")]
    public Task Within_is_not_offered_without_a_transaction(string statement) =>
        Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>.Of(Method("void", statement)).OffersNothingAsync();

    [Fact]
    public async Task Within_fixes_an_emit_beside_a_transaction_of_EF_Core_that_it_can_be_part_of()
    {
        const string Emit = "await emitter.To(\"r1\").Ping(1);";
        var fixable = Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>.Of(InContext(Emit), EntityFrameworkStubs.Package);
        var files = await fixable.FixFirstAsync();
        Assert.Contains("{ await emitter.Within(begun).To(\"r1\").Ping(1); }", files[0], StringComparison.Ordinal);

        await Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>.Of(InContext(Emit)).OffersNothingAsync();
        await Fixing<EmitBesideTransactionAnalyzer, WithinCodeFix>
            .Of(InContext("await emitter.Ping(1); await db.SaveChangesAsync();", transaction: "object"), EntityFrameworkStubs.Package)
            .OffersNothingAsync();
    }

    private static string InContext(
        string statements, string transaction = "Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction") => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using EventBus;

        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }

        public class Program
        {
            public async Task Run(Emitter<IChatEvents> emitter, Microsoft.EntityFrameworkCore.DbContext db, {{transaction}} begun)
            { {{statements}} }
        }

        {{EntityFrameworkStubs.EntityFramework}}
        """;

    private static string Method(string returns, string statements) => $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using EventBus;
        using EventBus.Hosting;

        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); ValueTask<int> Vote(); }

        public class Program
        {
            public {{returns}} Run(Emitter<IChatEvents> emitter, Emitter<IChatEvents>? maybe, EventBusPublisher publisher, IEventBus bus,
                Npgsql.NpgsqlTransaction transaction, CancellationToken token)
            { {{statements}} }

            private static void Each(Action<int> act) { }
        }
        """;
}

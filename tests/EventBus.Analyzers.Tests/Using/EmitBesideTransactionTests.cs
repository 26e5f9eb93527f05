using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class EmitBesideTransactionTests
{
    private const string Begin = "await using var transaction = await connection.BeginTransactionAsync();";

    [Theory]
    [InlineData($"{Begin} await [|emitter.Ping(1)|];")]
    [InlineData($"{Begin} await [|emitter.To(\"r1\").Ping(1)|]; await transaction.CommitAsync();")]
    [InlineData($"{Begin} [|emitter.Post.Ping(1)|];")]
    [InlineData($"{Begin} await [|bus.Of().All.EmitAsync(\"ping\")|];")]
    [InlineData($"{Begin} await [|publisher.Emitter<IChatEvents>().Ping(1)|];")]
    [InlineData($"{Begin} await [|publisher.Of().EmitAsync(\"ping\")|];")]
    [InlineData($"{Begin} if (flag) {{ await transaction.RollbackAsync(); return; }} await [|emitter.Ping(1)|];")]
    [InlineData($"{Begin} await transaction.RollbackAsync(\"savepoint\"); await [|emitter.Ping(1)|];")]
    [InlineData($"{Begin} for (var i = 0; i < 3; i++) await [|emitter.Ping(i)|]; await transaction.CommitAsync();")]
    [InlineData(
        $"{Begin} try {{ await [|emitter.Ping(1)|]; await transaction.CommitAsync(); }} catch (Exception) {{ "
        + $"await transaction.RollbackAsync(); throw; }}")]
    [InlineData($"{Begin} try {{ await Task.Yield(); }} catch (Exception) {{ }} await [|emitter.Ping(1)|];")]
    [InlineData("var transaction = connection.BeginTransaction(); await [|emitter.Ping(1)|]; transaction.Commit();")]
    [InlineData("using (var transaction = connection.BeginTransaction()) { await [|emitter.Ping(1)|]; }")]
    [InlineData(
        "async Task Local(Npgsql.NpgsqlTransaction transaction) { await [|emitter.Ping(1)|]; await transaction.CommitAsync(); } "
        + "await Local(null!);")]
    [InlineData("Func<Npgsql.NpgsqlTransaction, Task> act = async transaction => await [|emitter.Ping(1)|]; await act(null!);")]
    [InlineData("using var scope = new System.Transactions.TransactionScope(); await [|emitter.Ping(1)|]; scope.Complete();")]
    [InlineData("using (new System.Transactions.TransactionScope()) { await [|emitter.Ping(1)|]; }")]
    [InlineData("using (var scope = new System.Transactions.TransactionScope()) { scope.Complete(); await [|emitter.Ping(1)|]; }")]
    public Task Triggers(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("await emitter.Ping(1);")]
    [InlineData($"await emitter.Ping(1); {Begin}")]
    [InlineData($"{Begin} await emitter.Within(transaction).Ping(1);")]
    [InlineData($"{Begin} await emitter.Within(transaction).To(\"r1\").Ping(1); await transaction.CommitAsync();")]
    [InlineData($"{Begin} await transaction.CommitAsync(); await emitter.Ping(1);")]
    [InlineData($"{Begin} if (flag) await transaction.CommitAsync(); else await transaction.RollbackAsync(); await emitter.Ping(1);")]
    [InlineData($"{Begin} if (flag) await transaction.CommitAsync(); await emitter.Ping(1);")]
    [InlineData($"{Begin} await emitter.Local.Ping(1);")]
    [InlineData($"{Begin} await bus.Of().ServerSideEmitAsync(\"ping\");")]
    [InlineData($"{Begin} await bus.Of().All.EmitWithAckAsync(\"ping\");")]
    [InlineData($"{{ {Begin} await transaction.CommitAsync(); }} await emitter.Ping(1);")]
    [InlineData($"{{ {Begin} }} await emitter.Ping(1);")]
    [InlineData($"try {{ {Begin} await transaction.CommitAsync(); }} catch (Exception) {{ await emitter.Ping(1); throw; }}")]
    [InlineData(
        $"{Begin} try {{ await transaction.CommitAsync(); }} catch (Exception) {{ await transaction.RollbackAsync(); throw; }} "
        + "await emitter.Ping(1);")]
    [InlineData("using (var transaction = connection.BeginTransaction()) { transaction.Commit(); } await emitter.Ping(1);")]
    [InlineData(
        "Npgsql.NpgsqlTransaction? transaction = null; if (flag) transaction = connection.BeginTransaction(); await emitter.Ping(1);")]
    [InlineData("async Task Local(Npgsql.NpgsqlTransaction? transaction) => await emitter.Ping(1); await Local(null);")]
    [InlineData($"{Begin} Func<Task> later = async () => await emitter.Ping(1);")]
    [InlineData(
        $"{Begin} await Send(emitter.Within(transaction)); static ValueTask Send<T>(T target) where T : IEventTarget<IChatEvents> => "
        + "target.Ping(1);")]
    [InlineData("try { Func<int, bool> isBig = x => x > 3; await emitter.Ping(1); } catch (Exception) { }")]
    [InlineData("try { bool IsBig(int x) => x > 3; await emitter.Ping(IsBig(1) ? 1 : 2); } catch (Exception) { }")]
    [InlineData("try { await emitter.Ping(1); } catch (Exception) { Func<int, bool> isBig = x => x > 3; await emitter.Ping(2); }")]
    [InlineData("try { try { Func<int, bool> isBig = x => x > 3; await emitter.Ping(1); } finally { _ = flag; } } catch (Exception) { }")]
    [InlineData("using (new System.Transactions.TransactionScope()) { } await emitter.Ping(1);")]
    [InlineData(
        "using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeOption.Suppress)) { await emitter.Ping(1); }")]
    public Task Does_not_trigger(string statements) => VerifyAsync(statements);

    [Fact]
    public async Task Message_names_the_fix()
    {
        Assert.Equal(
            "'Ping' sends the event at once, although 'transaction' may still be rolled back; "
                + "send it with 'Within(transaction)', or after it",
            Assert.Single(await VerifyAsync($"{Begin} await [|emitter.Ping(1)|];")));
        Assert.Equal(
            "'Ping' sends the event at once, although the scope may still be rolled back; "
                + "send it after the scope, or use 'Within' with the connection that is enlisted",
            Assert.Single(await VerifyAsync("using var scope = new System.Transactions.TransactionScope(); await [|emitter.Ping(1)|];")));
    }

    [Fact]
    public Task Triggers_on_a_transaction_parameter() => Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
        public class Repository(Emitter<IChatEvents> emitter)
        {
            public async Task Save(Npgsql.NpgsqlTransaction transaction) => await [|emitter.Ping(1)|];
            public async Task MaybeSave(Npgsql.NpgsqlTransaction? transaction) => await emitter.Ping(1);
        }
        """);

    [Fact]
    public Task Unannotated_parameter_triggers_unless_it_may_be_null() => Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>("""
        #nullable disable
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
        public class Repository(Emitter<IChatEvents> emitter)
        {
            public async Task Save(Npgsql.NpgsqlTransaction transaction) => await [|emitter.Ping(1)|];
            public async Task Optional(Npgsql.NpgsqlTransaction transaction = null) => await emitter.Ping(1);
            public async Task Either(Npgsql.NpgsqlTransaction transaction)
            {
                if (transaction is null)
                    await emitter.Ping(1);
                else
                    await emitter.Within(transaction).Ping(1);
            }
            public ValueTask Choice(Npgsql.NpgsqlTransaction transaction)
                => transaction != null ? emitter.Within(transaction).Ping(1) : emitter.Ping(1);
        }
        """);

    [Fact]
    public Task Triggers_in_top_level_statements() => Analysis.VerifyProgramAsync<EmitBesideTransactionAnalyzer>("""
        await using var connection = new Npgsql.NpgsqlConnection("");
        var emitter = ((IEventBus)null!).Emitter<IChatEvents>();
        await using var transaction = await connection.BeginTransactionAsync();
        await [|emitter.Ping(1)|];
        await transaction.CommitAsync();
        await emitter.Ping(1);

        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
        """);

    [Fact]
    public Task Triggers_in_constructors_accessors_and_field_lambdas() => Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>("""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
        public class Repository
        {
            private readonly Func<Emitter<IChatEvents>, Npgsql.NpgsqlTransaction, Task> _save = async (emitter, transaction)
                => await [|emitter.Ping(1)|];
            private readonly Emitter<IChatEvents> _emitter;
            public Repository(Emitter<IChatEvents> emitter, Npgsql.NpgsqlTransaction transaction) : this(emitter)
                => [|_emitter.Post.Ping(1)|];
            public Repository(Emitter<IChatEvents> emitter) => _emitter = emitter;
            public bool this[Npgsql.NpgsqlTransaction transaction] => [|_emitter.Post.Ping(1)|];
        }
        """);

    private static async Task<IEnumerable<string>> VerifyAsync(string statements) =>
        await Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }

        public static class Program
        {
            public static async Task Run(Emitter<IChatEvents> emitter, IEventBus bus, EventBus.Hosting.EventBusPublisher publisher,
                Npgsql.NpgsqlConnection connection, bool flag)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """);
}

using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

/// <summary>EVB2003 beside the transactions and the saves of EF Core, which it knows by their names.</summary>
public sealed class EmitBesideEntityFrameworkTests
{
    private const string Begin = "await using var transaction = await db.Database.BeginTransactionAsync();";

    [Theory]
    [InlineData($"{Begin} await [|emitter.Ping(1)|];")]
    [InlineData($"{Begin} await db.SaveChangesAsync(); await [|emitter.Ping(1)|]; await transaction.CommitAsync();")]
    [InlineData($"{Begin} await [|emitter.Ping(1)|]; await db.SaveChangesAsync(); await transaction.CommitAsync();")]
    [InlineData($"{Begin} await transaction.RollbackToSavepointAsync(\"here\"); await [|emitter.Ping(1)|];")]
    [InlineData("using var transaction = db.Database.BeginTransaction(); await [|emitter.Ping(1)|]; transaction.Commit();")]
    [InlineData(
        "async Task Local(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction) => await [|emitter.Ping(1)|]; "
        + "await Local(null!);")]
    public Task Transaction_triggers(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData("await [|emitter.Ping(1)|]; await db.SaveChangesAsync();")]
    [InlineData("await [|emitter.To(\"r1\").Ping(1)|]; db.SaveChanges();")]
    [InlineData("await [|publisher.Emitter<IChatEvents>().Ping(1)|]; await db.SaveChangesAsync(true, default);")]
    [InlineData("[|emitter.Post.Ping(1)|]; await db.SaveChangesAsync();")]
    [InlineData("for (var i = 0; i < 3; i++) await [|emitter.Ping(i)|]; await db.SaveChangesAsync();")]
    [InlineData("for (var i = 0; i < 3; i++) { await [|emitter.Ping(i)|]; await db.SaveChangesAsync(); }")]
    [InlineData("if (flag) await [|emitter.Ping(1)|]; await db.SaveChangesAsync();")]
    [InlineData("await [|emitter.Ping(1)|]; if (flag) throw new Exception(); await db.SaveChangesAsync();")]
    [InlineData("await [|emitter.Ping(1)|]; if (flag) await db.SaveChangesAsync(); else db.SaveChanges();")]
    [InlineData("try { await [|emitter.Ping(1)|]; await db.SaveChangesAsync(); } catch (Exception) { throw; }")]
    [InlineData("Func<Task> act = async () => { await [|emitter.Ping(1)|]; await db.SaveChangesAsync(); }; await act();")]
    [InlineData("await Local(); async Task Local() { await [|emitter.Ping(1)|]; await db.SaveChangesAsync(); }")]
    public Task Emit_before_SaveChanges_triggers(string statements) => VerifyAsync(statements);

    [Theory]
    [InlineData($"{Begin} await transaction.CommitAsync(); await emitter.Ping(1);")]
    [InlineData("await db.Database.BeginTransactionAsync(); await db.Database.CommitTransactionAsync(); await emitter.Ping(1);")]
    [InlineData($"{Begin} await db.Database.CommitTransactionAsync(); await emitter.Ping(1);")]
    [InlineData($"{Begin} db.Database.RollbackTransaction(); await emitter.Ping(1);")]
    [InlineData($"{{ {Begin} await transaction.CommitAsync(); }} await emitter.Ping(1);")]
    [InlineData("await db.SaveChangesAsync(); await emitter.Ping(1);")]
    [InlineData("await db.SaveChangesAsync(); await emitter.Ping(1); await db.SaveChangesAsync();")]
    [InlineData("await emitter.Ping(1); if (flag) await db.SaveChangesAsync();")]
    [InlineData("await emitter.Ping(1); if (flag) return; await db.SaveChangesAsync();")]
    [InlineData("if (flag) { await emitter.Ping(1); return; } await db.SaveChangesAsync();")]
    [InlineData("while (true) await emitter.Ping(1);")]
    [InlineData("await emitter.Local.Ping(1); await db.SaveChangesAsync();")]
    [InlineData("await emitter.Within(sql).Ping(1); await db.SaveChangesAsync();")]
    [InlineData("await emitter.Ping(1); await new Other().SaveChangesAsync();")]
    [InlineData("await emitter.Ping(1); Func<Task> later = () => db.SaveChangesAsync();")]
    public Task Does_not_trigger(string statements) => VerifyAsync(statements);

    [Fact]
    public async Task Message_names_the_ways_out()
    {
        Assert.Equal(
            "'Ping' sends the event at once, although the changes of 'db' may still be rolled back; "
                + "send it with 'db.Raise', or after 'SaveChangesAsync'",
            Assert.Single(await VerifyAsync("await [|emitter.Ping(1)|]; await db.SaveChangesAsync();")));
        Assert.Equal(
            "'Ping' sends the event at once, although 'transaction' may still be rolled back; "
                + "send it with 'Within(transaction)' of EventBus.EntityFrameworkCore, or after it",
            Assert.Single(await VerifyAsync($"{Begin} await [|emitter.Ping(1)|];")));
        Assert.Equal(
            "'Ping' sends the event at once, although 'transaction' may still be rolled back; "
                + "send it with 'Within(transaction)', or after it",
            Assert.Single(await VerifyAsync($"{Begin} await [|emitter.Ping(1)|];", EntityFrameworkStubs.Package)));
        Assert.Equal(
            "'Ping' sends the event at once, although the changes of the context may still be rolled back; "
                + "send it with 'Raise', or after 'SaveChanges'",
            Assert.Single(await Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>($$"""
                [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }
                public class Shop(Emitter<IChatEvents> emitter) : Microsoft.EntityFrameworkCore.DbContext
                {
                    public async Task Place() { await [|emitter.Ping(1)|]; SaveChanges(); }
                }
                {{EntityFrameworkStubs.EntityFramework}}
                """)));
    }

    private static async Task<IEnumerable<string>> VerifyAsync(string statements, string package = "") =>
        await Analysis.VerifyAsync<EmitBesideTransactionAnalyzer>($$"""
            [BroadcastEvent] public interface IChatEvents { ValueTask Ping(int value); }

            public class Shop : Microsoft.EntityFrameworkCore.DbContext;
            public class Other { public Task<int> SaveChangesAsync() => Task.FromResult(0); }

            public static class Program
            {
                public static async Task Run(Emitter<IChatEvents> emitter, EventBus.Hosting.EventBusPublisher publisher, Shop db,
                    Npgsql.NpgsqlTransaction? sql, bool flag)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }

            {{EntityFrameworkStubs.EntityFramework}}
            {{package}}
            """);
}

namespace EventBus.Analyzers.Tests.Using;

/// <summary>The members of EF Core and of EventBus.EntityFrameworkCore that the analyzers know by their names.</summary>
internal static class EntityFrameworkStubs
{
    public const string EntityFramework = """
        namespace Microsoft.EntityFrameworkCore
        {
            using System.Threading;
            using System.Threading.Tasks;

            public class DbContext
            {
                public Infrastructure.DatabaseFacade Database => null!;
                public int SaveChanges() => 0;
                public Task<int> SaveChangesAsync(CancellationToken token = default) => null!;
                public Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken token = default) => null!;
            }
        }

        namespace Microsoft.EntityFrameworkCore.Infrastructure
        {
            using System.Threading.Tasks;

            public class DatabaseFacade
            {
                public Storage.IDbContextTransaction BeginTransaction() => null!;
                public Task<Storage.IDbContextTransaction> BeginTransactionAsync() => null!;
                public void RollbackTransaction() { }
                public Task CommitTransactionAsync() => null!;
            }
        }

        namespace Microsoft.EntityFrameworkCore.Storage
        {
            using System.Threading.Tasks;

            public interface IDbContextTransaction : System.IDisposable, System.IAsyncDisposable
            {
                void Commit();
                Task CommitAsync();
                Task RollbackToSavepointAsync(string name);
            }
        }
        """;

    public const string Package = """
        namespace EventBus
        {
            public static class EntityFrameworkOperatorExtensions
            {
                public static TransactionOperator<T> Within<T>(
                    this Emitter<T> emitter, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction)
                    where T : class => default;
            }
        }

        namespace EventBus.EntityFrameworkCore
        {
            using System.Threading.Tasks;

            public static class EventBusDbContextExtensions
            {
                public static void Raise<T>(
                    this Microsoft.EntityFrameworkCore.DbContext context, System.Func<TransactionOperator<T>, ValueTask> send)
                    where T : class { }
            }
        }
        """;
}

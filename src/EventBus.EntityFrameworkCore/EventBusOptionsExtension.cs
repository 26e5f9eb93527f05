using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Update.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Adds the events of a context to EF Core's own services. The bus is no service of them, so the contexts of all buses share them.
/// </summary>
internal sealed class EventBusOptionsExtension(Func<IServiceProvider?, EventSender> findSender) : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    /// <summary>
    /// The bus or publisher. It is looked up when the first event is sent: the tools of EF Core create contexts without a bus.
    /// </summary>
    /// <param name="options">The options of the context.</param>
    public EventSender FindSender(IDbContextOptions options) =>
        findSender(options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider);

    public void ApplyServices(IServiceCollection services)
    {
        services.AddScoped<ContextEvents>();
        services.AddScoped<IResettableService>(static provider => provider.GetRequiredService<ContextEvents>());
        services.AddScoped<IInterceptor, SaveInterceptor>();

        Decorate<IMigrationsSqlGenerator, NpgsqlMigrationsSqlGenerator>(
            services, static (inner, _) => new AttachmentTableSqlGenerator(inner));
#pragma warning disable EF1001 // Npgsql's provider has no batch executor of its own, and EF Core's is public in an internal namespace.
        Decorate<IBatchExecutor, BatchExecutor>(
            services, static (inner, provider) => new BracketingBatchExecutor(inner, provider.GetRequiredService<ContextEvents>()));
#pragma warning restore EF1001
    }

    public void Validate(IDbContextOptions options)
    {
    }

    // A provider's services are there if UseNpgsql was called before, and are added to these if it is called later.
    private static void Decorate<TService, TDefault>(IServiceCollection services, Func<TService, IServiceProvider, TService> decorate)
        where TService : class
        where TDefault : TService
    {
        var service = services.LastOrDefault(static service => service.ServiceType == typeof(TService));
        var type = service?.ImplementationType ?? typeof(TDefault);
        services.Replace(ServiceDescriptor.Scoped(
            provider => decorate((TService)ActivatorUtilities.CreateInstance(provider, type), provider)));
    }

    private sealed class ExtensionInfo(EventBusOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using EventBus ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["EventBus"] = "1";
    }
}

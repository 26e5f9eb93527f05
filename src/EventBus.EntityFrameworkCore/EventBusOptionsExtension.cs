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
/// Adds the events of a context to EF Core's own services. The bus is no service of them, so the contexts of all buses share them. EF Core
/// keeps them for ever, with the first options, and so with the bus or the services that the first options name.
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
            services, static (inner, provider) => new SendingBatchExecutor(inner, provider.GetRequiredService<ContextEvents>()));
#pragma warning restore EF1001
    }

    /// <exception cref="InvalidOperationException">Other options would leave out the services of EventBus.</exception>
    public void Validate(IDbContextOptions options)
    {
        var core = options.FindExtension<CoreOptionsExtension>();
        if (core?.InternalServiceProvider is not null)
        {
            throw new InvalidOperationException(
                "UseEventBus adds services to those of EF Core, so it does not work with UseInternalServiceProvider. Leave that call out.");
        }

        var database = options.Extensions.FirstOrDefault(static extension => extension.Info.IsDatabaseProvider);
        if (database is not null && database.GetType().Assembly != typeof(NpgsqlMigrationsSqlGenerator).Assembly
            && options.Extensions.TakeWhile(extension => extension != database).Contains(this))
        {
            throw new InvalidOperationException(
                "UseEventBus was called before the method that configures a database other than PostgreSQL. Call it afterwards.");
        }

        ThrowIfReplaced<IMigrationsSqlGenerator>(core, nameof(NpgsqlMigrationsSqlGenerator));
        ThrowIfReplaced<IBatchExecutor>(core, "BatchExecutor");
    }

    private static void ThrowIfReplaced<TService>(CoreOptionsExtension? core, string implementation)
    {
        if (core?.ReplacedServices?.TryGetValue((typeof(TService), null), out var replacement) is true)
        {
            var (service, type) = (typeof(TService).Name, replacement.Name);
            throw new InvalidOperationException(
                $"ReplaceService<{service}, {type}>() also replaces the {service} of UseEventBus. Name the class that you replace: "
                + $"ReplaceService<{service}, {implementation}, {type}>().");
        }
    }

    // A provider's services are there if UseNpgsql was called before, and are added to these if it is called later.
    private static void Decorate<TService, TDefault>(IServiceCollection services, Func<TService, IServiceProvider, TService> decorate)
        where TService : class
        where TDefault : TService
    {
        var inner = services.LastOrDefault(static service => service.ServiceType == typeof(TService))
            ?? ServiceDescriptor.Scoped(typeof(TService), typeof(TDefault));
        services.Replace(ServiceDescriptor.Scoped(provider => decorate((TService)Create(provider, inner), provider)));
    }

    private static object Create(IServiceProvider provider, ServiceDescriptor service)
    {
        if (service.ImplementationType is not { } type)
            return service.ImplementationInstance ?? service.ImplementationFactory!(provider);
        var replaced = provider.GetRequiredService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ReplacedServices;
        return ActivatorUtilities.CreateInstance(
            provider, replaced?.TryGetValue((service.ServiceType, type), out var replacement) is true ? replacement : type);
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

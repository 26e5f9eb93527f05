using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Another extension of EF Core. It adds services before UseEventBus or after it, in the order of the calls.</summary>
internal sealed class InjectedServices(Action<IServiceCollection> add) : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public static DbContextOptionsBuilder<ShopContext> Inject(
        DbContextOptionsBuilder<ShopContext> builder, Action<IServiceCollection> add)
    {
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new InjectedServices(add));
        return builder;
    }

    public void ApplyServices(IServiceCollection services) => add(services);

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(InjectedServices extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => RuntimeHelpers.GetHashCode(Extension);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other == this;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Injected"] = "1";
    }
}

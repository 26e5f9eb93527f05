using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>What is EventBus's own in a compilation.</summary>
internal sealed class BusSymbols(IAssemblySymbol assembly)
{
    private const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    private const string GeneratorName = "EventBus.Generators";

    /// <summary>Null where EventBus is not referenced.</summary>
    public static BusSymbols? Of(Compilation compilation) =>
        compilation.GetTypesByMetadataName(KnownNames.BroadcastEventAttribute).FirstOrDefault() is { } attribute ? new BusSymbols(attribute.ContainingAssembly) : null;

    /// <summary>Whether the type is one of EventBus's.</summary>
    public bool Has(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition.ContainingAssembly, assembly);

    /// <summary>The type of EventBus's that a method of it, or a generated sender, is called on; null for other methods.</summary>
    public INamedTypeSymbol? Receiver(IMethodSymbol method)
    {
        var type = IsSender(method) ? method.Parameters[0].Type : method.ContainingType;
        return Has(type) ? type as INamedTypeSymbol : null;
    }

    /// <summary>Whether the method is one that was generated to send an event.</summary>
    public bool IsSender(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, ReducedFrom: null }
        && Has(method.Parameters[0].Type)
        && method.ContainingType.FindAttribute(GeneratedCodeAttribute)?.ConstructorArguments.FirstOrDefault().Value is GeneratorName;
}

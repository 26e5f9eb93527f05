using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>What is EventBus's own in a compilation.</summary>
internal sealed class BusSymbols(IAssemblySymbol assembly)
{
    private const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    private const string GeneratorName = "EventBus.Generators";
    private const string MeasureOperator = "MeasureOperator`1";

    /// <summary>Null where EventBus is not referenced.</summary>
    public static BusSymbols? Of(Compilation compilation) =>
        compilation.GetTypesByMetadataName(KnownNames.BroadcastEventAttribute).FirstOrDefault() is { } attribute ? new BusSymbols(attribute.ContainingAssembly) : null;

    /// <summary>Whether the type is one of EventBus's.</summary>
    public bool Has(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition.ContainingAssembly, assembly);

    /// <summary>The type of EventBus's that a method of it, or a generated sender, is called on; null for other methods.</summary>
    public INamedTypeSymbol? Receiver(IMethodSymbol method) => Target(method) ?? (Has(method.ContainingType) ? method.ContainingType : null);

    /// <summary>Whether the method is one that was generated to send an event, and does: it may be called to measure it.</summary>
    public bool IsSender(IMethodSymbol method) => Target(method) is not null;

    /// <summary>The contract whose event a generated sender sends; null for other methods.</summary>
    public INamedTypeSymbol? Contract(IMethodSymbol method) => Target(method) is { TypeArguments.Length: 1 } target ? target.TypeArguments[0] as INamedTypeSymbol : null;

    // What the sender is called on; of a type parameter that what it is said to be.
    private INamedTypeSymbol? Target(IMethodSymbol method)
    {
        if (method is not { IsExtensionMethod: true, ReducedFrom: null })
            return null;
        var type = method.Parameters[0].Type;
        var target = (type is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.FirstOrDefault(Has) : type) as INamedTypeSymbol;
        return Has(target) && target?.MetadataName != MeasureOperator && method.ContainingType.FindAttribute(GeneratedCodeAttribute)?.ConstructorArguments.FirstOrDefault().Value is GeneratorName ? target : null;
    }
}

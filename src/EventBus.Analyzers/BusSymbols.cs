using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>Recognizes the types of EventBus, and the senders that its generator writes, in a compilation.</summary>
internal sealed class BusSymbols(IAssemblySymbol assembly)
{
    private const string GeneratedCodeAttribute = "System.CodeDom.Compiler.GeneratedCodeAttribute";
    private const string GeneratorName = "EventBus.Generators";
    private const string MeasureOperator = "MeasureOperator`1";

    /// <summary>Null if the compilation does not reference EventBus.</summary>
    public static BusSymbols? Of(Compilation compilation) =>
        compilation.GetTypesByMetadataName(KnownNames.BroadcastEventAttribute).FirstOrDefault() is { } attribute
            ? new BusSymbols(attribute.ContainingAssembly)
            : null;

    /// <summary>Whether EventBus declares the type.</summary>
    public bool Has(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition.ContainingAssembly, assembly);

    /// <summary>
    /// The operator that a method sends through: the type that declares it, or the receiver of a generated sender or of an extension method
    /// for untyped events; null for other methods.
    /// </summary>
    public INamedTypeSymbol? Receiver(IMethodSymbol method) =>
        ExtendedOperator(method) is { } target && (IsGenerated(method.ContainingType) || Has(method.ContainingType)) ? target
        : Has(method.ContainingType) ? method.ContainingType
        : null;

    /// <summary>Whether the method is a generated sender, and sends: a sender on the measuring operator only measures.</summary>
    public bool IsSender(IMethodSymbol method) => IsGenerated(method.ContainingType) && ExtendedOperator(method) is not null;

    /// <summary>The contract whose event a generated sender sends; null for other methods.</summary>
    public INamedTypeSymbol? Contract(IMethodSymbol method) =>
        IsSender(method) && ExtendedOperator(method) is { TypeArguments.Length: 1 } target
            ? target.TypeArguments[0] as INamedTypeSymbol
            : null;

    /// <summary>Whether the generator of EventBus has emitted the type.</summary>
    public static bool IsGenerated(INamedTypeSymbol type) =>
        type.FindAttribute(GeneratedCodeAttribute)?.FirstArgument() is GeneratorName;

    // The type of the receiver; of a type parameter, its constraint.
    private INamedTypeSymbol? ExtendedOperator(IMethodSymbol method)
    {
        if (method is not { IsExtensionMethod: true, ReducedFrom: null })
            return null;
        var type = method.Parameters[0].Type;
        var target = (type is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.FirstOrDefault(Has) : type) as INamedTypeSymbol;
        return Has(target) && target?.MetadataName != MeasureOperator ? target : null;
    }
}

using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>One property or field of a payload.</summary>
internal sealed class PayloadMember(ISymbol symbol, ITypeSymbol type)
{
    public ISymbol Symbol { get; } = symbol;

    public ITypeSymbol Type { get; } = type;

    public string WireName { get; } = Contracts.WireName.OfMember(symbol);

    public bool EnumsByName { get; } = StringEnumConverter.IsOn(symbol);

    /// <summary>The constructor's parameter that takes it, if one does.</summary>
    public IParameterSymbol? Parameter { get; set; }

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>Whether an object initializer can set it.</summary>
    public bool CanBeSet => Symbol switch
    {
        IPropertySymbol property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public },
        IFieldSymbol { IsReadOnly: var isReadOnly } => !isReadOnly,
        _ => false,
    };

    /// <summary>Whether it stores a value; a computed property does not, and has nothing to lose by being left out.</summary>
    public bool IsStored => Symbol is IFieldSymbol or IPropertySymbol { SetMethod: not null } || IsGetOnlyAutoProperty;

    // In source it has a backing field; in another assembly only the mark on its getter tells.
    private bool IsGetOnlyAutoProperty =>
        Symbol is IPropertySymbol { GetMethod: { } getter }
        && (getter.HasAttribute(KnownNames.CompilerGeneratedAttribute)
            || Symbol.ContainingType.OriginalDefinition.GetMembers().OfType<IFieldSymbol>().Any(
                member => SymbolEqualityComparer.Default.Equals(member.AssociatedSymbol, Symbol.OriginalDefinition)));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>One property or field of a payload.</summary>
internal sealed class PayloadMember
{
    public PayloadMember(ISymbol symbol, MemberAttributes attributes, MemberReach reach)
    {
        Symbol = symbol;
        Attributes = attributes;
        if (symbol is IPropertySymbol property)
        {
            Type = property.Type;
            Getter = Accessor(property, static p => p.GetMethod);
            Getting = reach.Of(Getter);
            Setter = Accessor(property, static p => p.SetMethod);
            Setting = reach.Of(Setter);
        }
        else
        {
            var field = (IFieldSymbol)symbol;
            Type = field.Type;
            Getting = reach.Of(field);
            Setting = field.IsReadOnly ? Reach.None : Getting;
        }
    }

    public ISymbol Symbol { get; }

    public ITypeSymbol Type { get; }

    public MemberAttributes Attributes { get; }

    public string WireName => Attributes.WireName ?? EventBus.Generators.Contracts.WireName.CamelCase(Symbol.Name);

    /// <summary>The flags of <c>JsonNumberHandling</c> for the numbers in it.</summary>
    public int NumberHandling { get; init; }

    public bool EnumsByName => EnumNames.AreAskedForBy(Symbol);

    /// <summary>The constructor's parameter that takes the member; null if there is none.</summary>
    public IParameterSymbol? Parameter { get; set; }

    public bool IsRequired => Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    /// <summary>How generated code gets the value.</summary>
    public Reach Getting { get; }

    /// <summary>How generated code sets the value if the constructor does not take it.</summary>
    public Reach Setting { get; set; }

    /// <summary>Whether generated code fills the collection that the constructor has made, because it cannot set the member.</summary>
    public bool IsFilled { get; set; }

    /// <summary>Whether generated code can give the member the value that was written.</summary>
    public bool IsReadBack => Parameter is not null || Setting != Reach.None || IsFilled;

    /// <summary>The property's getter; null for a field.</summary>
    public IMethodSymbol? Getter { get; }

    /// <summary>The property's setter; null for a field.</summary>
    public IMethodSymbol? Setter { get; }

    /// <summary>Whether the member stores a value. A computed property does not, so nothing is lost if it is not sent.</summary>
    public bool IsStored => Symbol is IFieldSymbol || Setter is not null || IsGetOnlyAutoProperty;

    /// <summary>
    /// Whether reading the member returns the object that it stores, so that a collection can be filled. If a property has a setter, its
    /// getter may return a copy.
    /// </summary>
    public bool IsStoredObject => Symbol is IFieldSymbol || (Setter is null && IsGetOnlyAutoProperty && !HasBody);

    // A getter with a body can use the backing field, too, but may return a copy of it.
    private bool HasBody => Symbol is IPropertySymbol property
        && (property.PartialImplementationPart ?? property).GetMethod is { } getter
        && getter.DeclaringSyntaxReferences.Any(static reference => reference.GetSyntax() switch
        {
            AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
            ArrowExpressionClauseSyntax => true,
            _ => false,
        });

    // Declared in source it has a backing field; of another assembly only the attribute on its getter is visible.
    private bool IsGetOnlyAutoProperty =>
        Symbol is IPropertySymbol { GetMethod: { } getter }
        && (getter.HasAttribute(KnownNames.CompilerGeneratedAttribute)
            || Symbol.ContainingType.OriginalDefinition.GetMembers().OfType<IFieldSymbol>().Any(
                member => SymbolEqualityComparer.Default.Equals(member.AssociatedSymbol, Symbol.OriginalDefinition)));

    // An override may declare only one of the two accessors.
    private static IMethodSymbol? Accessor(IPropertySymbol property, Func<IPropertySymbol, IMethodSymbol?> accessor)
    {
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            if (accessor(current) is { } found)
                return found;
        }

        return null;
    }
}

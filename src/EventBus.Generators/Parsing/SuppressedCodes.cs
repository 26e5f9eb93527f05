using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>
/// Collects the codes of the diagnostics that an emitted file causes because it names marked symbols. They belong to the declarations of
/// the contract and the payloads, which name these symbols, too.
/// </summary>
/// <param name="assembly">The assembly that is compiled. Its own marks do not apply inside it.</param>
internal sealed class SuppressedCodes(IAssemblySymbol assembly)
{
    /// <summary>The code for symbols that are obsolete without a text, as emitted ones are.</summary>
    private const string Obsolete = "CS0612";

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _codes = [];
    private readonly HashSet<string> _obsoleteCodes = [];

    /// <summary>Whether only obsolete code may name a symbol of the file.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds a type with all types that its name contains, the formatters of its parts, and the values of its ids.</summary>
    public void Add(TypeShape shape)
    {
        Add(shape.Type);
        foreach (var named in NamedByFormatter(shape))
            Add(named);
    }

    /// <summary>Adds a type with all types that its name contains.</summary>
    public void Add(ITypeSymbol? type)
    {
        if (type is IArrayTypeSymbol array)
            Add(array.ElementType);
        if (type is not INamedTypeSymbol named || !_seen.Add(named))
            return;

        AddMarks(named);
        Add(named.ContainingType);
        foreach (var argument in named.TypeArguments)
            Add(argument);
        AddAssembly(named);
    }

    /// <summary>Adds a method, a constructor, an accessor, a field or a property, without its accessors.</summary>
    public void AddMember(ISymbol? member)
    {
        // The compiler reports the marks of the member that is overridden, and of its assembly. A preview type includes its members.
        for (var current = member; current is not null; current = Overridden(current))
        {
            AddMarks(current);
            AddAssembly(current);
            for (var outer = current.ContainingType; outer is not null; outer = outer.ContainingType)
            {
                if (outer.HasAttribute(KnownNames.PreviewAttribute))
                    _codes.Add(SymbolMarks.PreviewCode);
            }
        }
    }

    /// <summary>Adds the emitted formatter of a type that only obsolete code may name: it is obsolete itself.</summary>
    public void AddObsoleteFormatter() => _obsoleteCodes.Add(Obsolete);

    /// <summary>The codes in their order.</summary>
    /// <param name="isObsolete">Whether the code that names the symbols is obsolete: then it may name other obsolete symbols.</param>
    public EquatableArray<string> ToModel(bool isObsolete) => (isObsolete ? _codes : _codes.Concat(_obsoleteCodes)).Distinct()
        .OrderBy(static code => code, StringComparer.Ordinal).ToEquatableArray();

    private void AddAssembly(ISymbol symbol)
    {
        var isForeign = !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly);
        if (symbol.ContainingAssembly is not { } declaring || !isForeign || !_seen.Add(declaring))
            return;
        AddMarks(declaring);
        AddMarks(symbol.ContainingModule);
    }

    private void AddMarks(ISymbol symbol)
    {
        foreach (var mark in SymbolMarks.Of(symbol))
        {
            if (SymbolMarks.IsError(mark))
                HasErrors = true;
            else if (SymbolMarks.Code(mark) is { } code)
                (SymbolMarks.IsObsolete(mark) ? _obsoleteCodes : _codes).Add(code);
        }
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IPropertySymbol property => property.OverriddenProperty,
        IMethodSymbol method => method.OverriddenMethod,
        _ => null,
    };

    // The types that the closed formatter names, although the name of the formatted type does not contain them.
    private static IEnumerable<ITypeSymbol> NamedByFormatter(TypeShape? shape) => shape switch
    {
        TypeShape.Custom custom => [custom.Formatter],
        TypeShape.Nullable nullable => NamedByFormatter(nullable.Underlying),
        TypeShape.SingleValue single => NamedByFormatter(single.Value).Append(single.Value.Type),
        TypeShape.Sequence sequence => NamedByFormatter(sequence.Element),
        TypeShape.Dictionary dictionary => NamedByFormatter(dictionary.Value).Concat(NamedByFormatter(dictionary.SingleKey)),
        TypeShape.Tuple tuple => tuple.Items.SelectMany(NamedByFormatter),
        _ => [],
    };
}

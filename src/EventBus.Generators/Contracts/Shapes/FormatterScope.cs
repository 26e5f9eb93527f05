using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The formatters that <c>[assembly: Formatter]</c> sets for the types in the declarations of one assembly, and the types that
/// <c>[assembly: SingleValue]</c> marks there. The assembly that is compiled
/// comes first. Then comes the assembly of the declaration: a contract or payload of a library has the same form in all projects.
/// </summary>
internal sealed class FormatterScope
{
    private readonly Dictionary<ITypeSymbol, ITypeSymbol> _formatters = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> _singleValues = new(SymbolEqualityComparer.Default);

    public FormatterScope(params IAssemblySymbol[] assemblies)
    {
        var attributes = assemblies.SelectMany(static assembly => assembly.GetAttributes()).Where(SingleValueMark.Is);
        _singleValues.UnionWith(attributes.Select(SingleValueMark.Named).OfType<ITypeSymbol>());
        foreach (var (type, formatter) in assemblies.SelectMany(Attributes).Select(Read))
        {
            // EVB1028 reports a second attribute for a type.
            if (type is not null && formatter is not null && !_formatters.ContainsKey(type))
                _formatters.Add(type, formatter);
        }
    }

    /// <summary>The shapes of types. Types that differ in annotations or in the names of tuple items are different types here.</summary>
    public ConcurrentDictionary<ITypeSymbol, TypeShape> Shapes { get; } = new(SymbolEqualityComparer.IncludeNullability);

    /// <summary>Whether the assembly sets anything.</summary>
    public static bool IsSetBy(IAssemblySymbol assembly) =>
        assembly.GetAttributes().Any(static attribute => IsFormatter(attribute) || SingleValueMark.Is(attribute));

    /// <summary>The <c>[Formatter]</c>s of an assembly, in their order.</summary>
    public static IEnumerable<AttributeData> Attributes(IAssemblySymbol assembly) =>
        assembly.GetAttributes().Where(IsFormatter);

    public static bool IsFormatter(AttributeData attribute) => attribute.AttributeClass?.IsNamed(KnownNames.FormatterAttribute) is true;

    /// <summary>The type that an attribute of an assembly names, and its formatter; null if it names none.</summary>
    public static (ITypeSymbol? Type, ITypeSymbol? Formatter) Read(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        var type = arguments.Length == 2 ? arguments[0].ValueOrNull() as ITypeSymbol : null;
        return (type, arguments.LastOrDefault().ValueOrNull() as ITypeSymbol);
    }

    /// <summary>Whether an assembly marks the type, or the generic type that it is made of.</summary>
    public bool IsSingleValue(INamedTypeSymbol type) => _singleValues.Contains(type) || _singleValues.Contains(type.OriginalDefinition);

    /// <summary>The formatter of the type; null if no assembly sets one.</summary>
    public ITypeSymbol? Find(ITypeSymbol type) => _formatters.TryGetValue(type, out var formatter) ? formatter : null;
}

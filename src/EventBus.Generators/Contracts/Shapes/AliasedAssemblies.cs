using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The referenced assemblies whose types only an <c>extern alias</c> can name. Generated code has none: an alias belongs to the file that
/// declares it.
/// </summary>
internal sealed class AliasedAssemblies
{
    private readonly Dictionary<IAssemblySymbol, string> _aliases = new(SymbolEqualityComparer.Default);

    public AliasedAssemblies(Compilation compilation)
    {
        var aliased = compilation.References.Where(static reference => !reference.Properties.Aliases.IsEmpty).ToList();
        if (aliased.Count == 0)
            return;

        // The aliases of one reference are not enough: another one to the same file may have others, and the compiler merges the two.
        var global = compilation.GlobalNamespace.ConstituentNamespaces.Select(static part => part.ContainingAssembly);
        var nameable = new HashSet<ISymbol?>(global, SymbolEqualityComparer.Default);
        foreach (var reference in aliased)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly && !nameable.Contains(assembly))
                _aliases[assembly] = reference.Properties.Aliases[0];
        }
    }

    /// <summary>Why generated code cannot name a type, as a sentence; null if it can.</summary>
    public string? WhyUnnameable(ITypeSymbol type) => Find(type) is { } found ? $"'{found.Name}' is in {Explain(found)}" : null;

    /// <summary>The same for a contract that cannot do without the type, as the end of a sentence.</summary>
    public string? WhyUnusable(ITypeSymbol type) => Find(type) is { } found ? $"needs '{found.Name}' of {Explain(found)}" : null;

    private string Explain(INamedTypeSymbol found) =>
        $"the assembly '{found.ContainingAssembly.Name}', which is referenced only by the alias '{_aliases[found.ContainingAssembly]}'; "
            + "generated code has no 'extern alias', so add 'global' to the Aliases of the reference";

    private INamedTypeSymbol? Find(ITypeSymbol? type)
    {
        if (_aliases.Count == 0)
            return null;
        if (type is IArrayTypeSymbol array)
            return Find(array.ElementType);
        if (type is not INamedTypeSymbol named)
            return null;
        return named.ContainingAssembly is { } assembly && _aliases.ContainsKey(assembly)
            ? named
            : named.TypeArguments.Append(named.ContainingType).Select(Find).FirstOrDefault(static found => found is not null);
    }
}

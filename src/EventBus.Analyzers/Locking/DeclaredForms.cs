using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Locking;

/// <summary>The forms of all events that a project declares. Found when somebody asks first: most events keep to a line of their own, and nobody does.</summary>
internal sealed class DeclaredForms(TypeShapeReader shapes)
{
    private readonly Lazy<HashSet<string>> _texts = new(() => [.. Find(shapes)]);

    public bool Contains(string text) => _texts.Value.Contains(text);

    private static IEnumerable<string> Find(TypeShapeReader shapes)
    {
        var reader = new FormReader(shapes);
        return from contract in Types(shapes.Compilation.Assembly.GlobalNamespace)
               where ContractEvents.IsContract(contract) && ContractValidity.IsValid(contract, shapes)
               from method in ContractEvents.Of(contract)
               select reader.Read(method, contract).ToString();
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(static member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}

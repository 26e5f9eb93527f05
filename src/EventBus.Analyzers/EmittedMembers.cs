using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>
/// The emitted formatters of an assembly, and the members that they write. They are the members that the generator has seen: analyzers also
/// see the output of other source generators.
/// </summary>
internal sealed class EmittedMembers
{
    private readonly Dictionary<string, HashSet<string>> _lists = [];
    private readonly HashSet<string> _unions = [];

    public EmittedMembers(IAssemblySymbol assembly)
    {
        var formatters = from formatter in Emitted(assembly.GlobalNamespace)
                         from formatted in formatter.Interfaces
                         where formatted.IsNamed(KnownNames.Formatter)
                         select (Id: Id(formatted.TypeArguments[0]), List: formatter.FindText(KnownNames.PayloadMembersAttribute));
        foreach (var (id, list) in formatters)
        {
            // Types that differ only by annotations have the same members, and so has a case of several unions.
            if (list is null)
                _unions.Add(id);
            else if (!_lists.ContainsKey(id))
                _lists.Add(id, [.. MemberNames.Split(list)]);
        }
    }

    /// <summary>
    /// The names on the wire, as <see cref="MemberNames.Of"/> returns them; null if no emitted formatter writes the type as a payload.
    /// </summary>
    public HashSet<string>? Of(ITypeSymbol type) => _lists.TryGetValue(Id(type), out var names) ? names : null;

    /// <summary>Whether a formatter writes the type as one of several cases. Only these formatters have no list.</summary>
    public bool HasUnion(ITypeSymbol type) => _unions.Contains(Id(type));

    private static string Id(ITypeSymbol type) => DocumentationCommentId.CreateReferenceId(type);

    // The namespace of all emitted formatters, as FormatterPlace of the generator has it.
    private static IEnumerable<INamedTypeSymbol> Emitted(INamespaceSymbol root) =>
        root.GetNamespaceMembers().Where(static outer => outer.Name == "EventBus")
            .SelectMany(static outer => outer.GetNamespaceMembers()).Where(static ns => ns.Name == "Generated")
            .SelectMany(Types);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol ns) =>
        ns.GetTypeMembers().Concat(ns.GetNamespaceMembers().SelectMany(Types));
}

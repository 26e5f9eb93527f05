using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Forms;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>
/// The members of payloads that emitted formatters write. They are the members that the generator has seen: analyzers also see the output
/// of other source generators.
/// </summary>
internal sealed class EmittedMembers(IAssemblySymbol assembly)
{
    private readonly Lazy<Dictionary<string, HashSet<string>>> _lists = new(() => Lists(assembly));

    /// <summary>
    /// The names on the wire as <see cref="MemberNames.Of"/> returns them; null for a type without an emitted formatter, and for a type of
    /// another assembly, of which the generator sees as much as the analyzers.
    /// </summary>
    public HashSet<string>? Of(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly) && _lists.Value.TryGetValue(Id(type), out var names)
            ? names
            : null;

    /// <summary>The members that are written.</summary>
    public IEnumerable<PayloadMember> WrittenOf(INamedTypeSymbol type, PayloadShape shape) => Of(type) is { } names
        ? shape.Members.Where(member => names.Contains(MemberNames.Of(member.WireName)))
        : shape.Members;

    // Types that differ only by annotations have the same members, and so has a case of several unions.
    private static Dictionary<string, HashSet<string>> Lists(IAssemblySymbol assembly) =>
        (from formatter in Emitted(assembly.GlobalNamespace)
         let list = formatter.FindText(KnownNames.PayloadMembersAttribute)
         where list is not null
         from formatted in formatter.Interfaces
         where formatted.IsNamed(KnownNames.Formatter)
         select (Id: Id(formatted.TypeArguments[0]), List: list))
        .GroupBy(static found => found.Id, static found => found.List)
        .ToDictionary(static lists => lists.Key, static lists => new HashSet<string>(MemberNames.Split(lists.First())));

    private static string Id(ITypeSymbol type) => DocumentationCommentId.CreateReferenceId(type);

    // The namespace of all emitted formatters, as FormatterPlace of the generator has it.
    private static IEnumerable<INamedTypeSymbol> Emitted(INamespaceSymbol root) =>
        root.GetNamespaceMembers().Where(static outer => outer.Name == "EventBus")
            .SelectMany(static outer => outer.GetNamespaceMembers()).Where(static ns => ns.Name == "Generated")
            .SelectMany(Types);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol ns) =>
        ns.GetTypeMembers().Concat(ns.GetNamespaceMembers().SelectMany(Types));
}

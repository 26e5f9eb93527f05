using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators.Declarations;

/// <summary>The types of one file that have attributes, and the aliases by which an attribute may have another name.</summary>
internal sealed class AttributedTypes
{
    private const string Suffix = "Attribute";

    private static readonly ConditionalWeakTable<SyntaxTree, AttributedTypes> Known = new();

    private readonly ImmutableArray<(TypeDeclarationSyntax Type, ImmutableArray<string> Attributes)> _types;
    private readonly ImmutableArray<string> _aliases;

    private AttributedTypes(SyntaxTree tree)
    {
        var nodes = tree.GetRoot()
            .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .ToList();
        var aliases = nodes.OfType<UsingDirectiveSyntax>().Where(static directive => directive.Alias is not null).ToLookup(
            static directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword),
            static directive => directive.Alias!.Name.Identifier.ValueText);
        GlobalAliases = [.. aliases[true]];
        _aliases = [.. aliases[false]];
        _types =
        [
            .. nodes.OfType<TypeDeclarationSyntax>().Where(static type => type.AttributeLists.Count > 0)
                .Select(static type => (type, AttributesOf(type))),
        ];
    }

    /// <summary>The aliases that apply to all files.</summary>
    public ImmutableArray<string> GlobalAliases { get; }

    /// <summary>The types of a file. They are found once.</summary>
    public static AttributedTypes In(SyntaxTree tree) => Known.GetValue(tree, static tree => new AttributedTypes(tree));

    /// <summary>The types that may have an attribute: one of theirs has its name, or an alias.</summary>
    public IEnumerable<TypeDeclarationSyntax> ThatMayHave(string attributeName, HashSet<string> globalAliases) => _types
        .Where(item => item.Attributes.Any(written => MayBe(written, attributeName, globalAliases)))
        .Select(static item => item.Type);

    private bool MayBe(string written, string attributeName, HashSet<string> globalAliases)
    {
        var whole = written + Suffix;
        return written == attributeName || whole == attributeName
            || globalAliases.Contains(written) || globalAliases.Contains(whole)
            || _aliases.Contains(written) || _aliases.Contains(whole);
    }

    private static ImmutableArray<string> AttributesOf(TypeDeclarationSyntax type) =>
        [.. type.AttributeLists.SelectMany(static list => list.Attributes).Select(static attribute => Unqualified(attribute.Name))];

    private static string Unqualified(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}

using System.Composition;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1022: limits every text and collection that can be limited, so that the event fits a notification.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MaxLengthCodeFix() : EventBusCodeFix(DiagnosticIds.EventMaybeTooLong, "Add [MaxLength]")
{
    private const string Annotations = "System.ComponentModel.DataAnnotations";
    private const string TrimAnalyzer = "build_property.EnableTrimAnalyzer";

    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Declared<IMethodSymbol>(cancellationToken) is not { } method)
            return;

        var options = place.Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider;
        var compilation = place.Model.Compilation;
        if (FittingLength.Find(method, PayloadThreshold.Of(options, place.Node.SyntaxTree), compilation) is not { } length)
            return;

        // [MaxLength] causes a warning if a project is analyzed for trimming. Texts can have [StringLength] instead.
        var isTrimmed = options.GlobalOptions.TryGetValue(TrimAnalyzer, out var enabled)
            && string.Equals(enabled, "true", StringComparison.OrdinalIgnoreCase);
        var shapes = new TypeShapeReader(compilation);
        var parts = EventSignature.SentParameters(method).SelectMany(parameter => DeclaredParts.Of(shapes, parameter));
        foreach (var part in parts.Where(static part => part.CanBeLimited))
        {
            if (part.Declaration!.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference)
                continue;
            var declaration = await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
            var attribute = isTrimmed && part.Shape is TypeShape.Scalar ? "StringLength" : "MaxLength";
            Limit(declaration, attribute, Math.Max(length, part.Limits.MinLength), compilation, edits);
        }
    }

    private static void Limit(SyntaxNode declaration, string attribute, long length, Compilation compilation, NodeEdits edits)
    {
        // A payload of several events gets the lowest limit that any of them needs.
        var node = declaration is VariableDeclaratorSyntax ? declaration.FirstAncestorOrSelf<FieldDeclarationSyntax>() : declaration;
        if (node is null || !compilation.ContainsSyntaxTree(node.SyntaxTree) || !edits.TryLimit(node, length))
            return;

        var text = $"{attribute}({length})";
        var model = compilation.GetSemanticModel(node.SyntaxTree);
        if (FindUnlimited(node, attribute, model) is { } unlimited)
        {
            edits.Set(unlimited, current => current.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({length})")));
            return;
        }

        switch (node)
        {
            case ParameterSyntax parameter:
                edits.Set(parameter, current => AttributeEdit.Add(current, text));
                break;
            case MemberDeclarationSyntax member:
                edits.Set(member, current => AttributeEdit.Add(current, text, UsingDirectives.EndOfLine(member)));
                break;
            default:
                return;
        }

        edits.Import(model, node, Annotations, $"{attribute}Attribute");
    }

    // [MaxLength] without a number limits nothing, and a declaration can have it only once.
    private static AttributeSyntax? FindUnlimited(SyntaxNode node, string attribute, SemanticModel model)
    {
        var lists = node switch
        {
            ParameterSyntax parameter => parameter.AttributeLists,
            MemberDeclarationSyntax member => member.AttributeLists,
            _ => default,
        };
        var attributes = lists.Where(static list => list.Target is null).SelectMany(static list => list.Attributes);
        return attributes.FirstOrDefault(found => NameOf(found, model) == $"{Annotations}.{attribute}Attribute");
    }

    private static string? NameOf(AttributeSyntax attribute, SemanticModel model) =>
        model.GetSymbolInfo(attribute).Symbol?.ContainingType.ToDisplayString();
}

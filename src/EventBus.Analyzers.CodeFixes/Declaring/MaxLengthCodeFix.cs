using System.Composition;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
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

    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan) is not { } node || model.GetDeclaredSymbol(node, cancellationToken) is not IMethodSymbol method)
            return;

        var options = document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider;
        var shapes = new TypeShapeReader(model.Compilation);
        var parts = ProvidedParameter.OthersOf(method).SelectMany(parameter => DeclaredParts.Of(shapes, parameter)).Where(static part => part.CanBeLimited).ToList();
        if (FittingLength.Find(method, PayloadThreshold.Of(options, node.SyntaxTree), model.Compilation) is not { } length)
            return;

        // Whoever analyzes for trimming gets a warning of [MaxLength], which text can do without.
        var isTrimmed = options.GlobalOptions.TryGetValue("build_property.EnableTrimAnalyzer", out var enabled) && string.Equals(enabled, "true", StringComparison.OrdinalIgnoreCase);
        foreach (var part in parts)
        {
            var attribute = isTrimmed && part.Shape is TypeShape.Scalar ? "StringLength" : "MaxLength";
            foreach (var reference in part.Declaration!.DeclaringSyntaxReferences.Take(1))
                Limit(await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false), attribute, Math.Max(length, part.Limits.MinLength), model.Compilation, edits);
        }
    }

    private static void Limit(SyntaxNode declaration, string attribute, long length, Compilation compilation, NodeEdits edits)
    {
        // A payload of several events has the limit that the first to ask for it needs, unless another needs a lower one.
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

    // [MaxLength] without a number limits nothing, and may not stand beside another.
    private static AttributeSyntax? FindUnlimited(SyntaxNode node, string attribute, SemanticModel model)
    {
        var lists = node switch
        {
            ParameterSyntax parameter => parameter.AttributeLists,
            MemberDeclarationSyntax member => member.AttributeLists,
            _ => default,
        };
        return lists.Where(static list => list.Target is null).SelectMany(static list => list.Attributes)
            .FirstOrDefault(found => model.GetSymbolInfo(found).Symbol?.ContainingType.ToDisplayString() == $"{Annotations}.{attribute}Attribute");
    }
}

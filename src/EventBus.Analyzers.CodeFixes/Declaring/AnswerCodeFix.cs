using System.Composition;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1003: makes a <c>ValueTask&lt;T&gt;</c> of the <c>T</c> that an event returns, in the contract and its handlers. What has no form on the wire needs another type, and nobody knows which.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AnswerCodeFix() : EventBusCodeFix(DiagnosticIds.UnsupportedReturnType, "Answer in a ValueTask, in the contract and its handlers")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan) is not MethodDeclarationSyntax node || model.GetDeclaredSymbol(node, cancellationToken) is not { } method
            || !CanBeAnswered(method, new TypeShapeReader(model.Compilation)))
            return;

        var declarations = new List<MethodDeclarationSyntax>();
        var all = await EventDeclarations.FindAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        foreach (var declared in all)
        {
            if (declared.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
                || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not MethodDeclarationSyntax declaration || IsStream(declaration))
                return;
            declarations.Add(declaration);
        }

        foreach (var declaration in declarations)
        {
            if (document.Project.Solution.GetDocument(declaration.SyntaxTree) is not { } file || await file.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } declaring)
                return;

            // What another of them answers, as the base class, is in a task already.
            var type = declaration.ReturnType.WithoutTrivia();
            foreach (var value in Values(declaration).Where(value => !all.Contains(declaring.GetSymbolInfo(value, cancellationToken).Symbol, SymbolEqualityComparer.Default)))
                edits.Set(value, current => FromResult(type, current));
            edits.Set(declaration.ReturnType, static current => ValueTask(current.WithoutTrivia()).WithTriviaFrom(current));
            edits.Import(declaring, declaration, "System.Threading.Tasks", "ValueTask");
        }
    }

    private static bool CanBeAnswered(IMethodSymbol method, TypeShapeReader reader) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false } && AnswerType.Of(method) is null && UnsupportedPart.Find(reader, reader.Read(method.ReturnType), AnswerType.Name) is null;

    private static bool IsStream(MethodDeclarationSyntax declaration) => Own(declaration).OfType<YieldStatementSyntax>().Any();

    private static IEnumerable<ExpressionSyntax> Values(MethodDeclarationSyntax declaration) =>
        Own(declaration).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).Append(declaration.ExpressionBody?.Expression)
            .OfType<ExpressionSyntax>().Where(static value => value is not ThrowExpressionSyntax);

    // Functions inside return for themselves.
    private static IEnumerable<SyntaxNode> Own(MethodDeclarationSyntax declaration) =>
        declaration.Body?.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)) ?? [];

    private static GenericNameSyntax ValueTask(TypeSyntax type) =>
        SyntaxFactory.GenericName(SyntaxFactory.Identifier("ValueTask"), SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(type)));

    private static InvocationExpressionSyntax FromResult(TypeSyntax type, ExpressionSyntax value) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            SyntaxFactory.IdentifierName("ValueTask"),
            SyntaxFactory.GenericName(SyntaxFactory.Identifier("FromResult"), SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(type)))),
        SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia())))).WithTriviaFrom(value);
}

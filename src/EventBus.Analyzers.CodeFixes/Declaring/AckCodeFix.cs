using System.Composition;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>
/// EVB1003: changes the return type <c>T</c> of an event to <c>ValueTask&lt;T&gt;</c>, in the contract and its handlers. There is no fix
/// for a <c>T</c> that has no form on the wire, because any other type may be meant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AckCodeFix() : EventBusCodeFix(
    DiagnosticIds.UnsupportedReturnType, "Return a ValueTask<T> in the contract and its handlers")
{
    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        var shapes = new TypeShapeReader(place.Model.Compilation);
        if (place.Declared<IMethodSymbol>(cancellationToken) is not { } method || !CanBeAck(method, shapes))
            return;

        var declarations = new List<MethodDeclarationSyntax>();
        var all = await EventDeclarations.FindAsync(method, place.Solution, cancellationToken).ConfigureAwait(false);
        foreach (var reference in all.Select(static declared => declared.DeclaringSyntaxReferences.FirstOrDefault()))
        {
            var node = reference is null ? null : await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
            if (node is not MethodDeclarationSyntax declaration || IsIterator(declaration))
                return;
            declarations.Add(declaration);
        }

        foreach (var declaration in declarations)
        {
            if (place.Solution.GetDocument(declaration.SyntaxTree) is not { } file
                || await file.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
                return;

            // A value that another declaration returns, as the base class does, is a task already.
            var type = declaration.ReturnType.WithoutTrivia();
            foreach (var value in ReturnedValues(declaration))
            {
                if (!all.Contains(model.GetSymbolInfo(value, cancellationToken).Symbol, SymbolEqualityComparer.Default))
                    edits.Set(value, current => FromResult(type, current));
            }

            edits.Set(declaration.ReturnType, static current => Generic("ValueTask", current.WithoutTrivia()).WithTriviaFrom(current));
            edits.Import(model, declaration, "System.Threading.Tasks", "ValueTask");
        }
    }

    private static bool CanBeAck(IMethodSymbol method, TypeShapeReader reader) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false }
        && EventSignature.AckType(method) is null
        && UnsupportedPart.Find(reader, reader.ReadReturned(method), EventSignature.AckName) is null;

    private static bool IsIterator(MethodDeclarationSyntax declaration) => OwnNodes(declaration).OfType<YieldStatementSyntax>().Any();

    private static IEnumerable<ExpressionSyntax> ReturnedValues(MethodDeclarationSyntax declaration) =>
        OwnNodes(declaration).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression)
            .Append(declaration.ExpressionBody?.Expression)
            .OfType<ExpressionSyntax>()
            .Where(static value => value is not ThrowExpressionSyntax);

    // The nodes of the body without those of nested functions.
    private static IEnumerable<SyntaxNode> OwnNodes(MethodDeclarationSyntax declaration) => declaration.Body?.DescendantNodes(
        static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)) ?? [];

    private static GenericNameSyntax Generic(string name, TypeSyntax argument) => SyntaxFactory.GenericName(
        SyntaxFactory.Identifier(name), SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(argument)));

    private static InvocationExpressionSyntax FromResult(TypeSyntax type, ExpressionSyntax value)
    {
        var method = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName("ValueTask"), Generic("FromResult", type));
        var argument = SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia()));
        return SyntaxFactory.InvocationExpression(method, SyntaxFactory.ArgumentList(argument)).WithTriviaFrom(value);
    }
}

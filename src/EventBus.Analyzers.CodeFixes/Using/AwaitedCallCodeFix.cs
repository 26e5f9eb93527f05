using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2007: awaits in an asynchronous handler what it waits for with its thread. In any other the contract has to change first, and each handler of the event with it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedCallCodeFix() : EventBusCodeFix(DiagnosticIds.BlockingHandler, "Await it")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax call || !Awaiting.IsPossibleAt(call)
            || Rewriting(call, model.GetSymbolInfo(call, cancellationToken).Symbol) is not { } rewrite)
            return;

        // What comes behind belongs to the value.
        var isOperand = call.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax or InvocationExpressionSyntax;
        edits.Set(call, current =>
        {
            var task = rewrite(current);
            var awaited = Awaiting.Await(task, current);
            awaited = awaited.WithTrailingTrivia(Comments.Behind(task, current).AddRange(awaited.GetTrailingTrivia()));
            return isOperand ? (ExpressionSyntax)SyntaxFactory.ParenthesizedExpression(awaited.WithoutTrivia()).WithTriviaFrom(awaited) : awaited;
        });
        if (call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(static name => name.Identifier.Text == nameof(Thread)))
            edits.Import(model, call, "System.Threading.Tasks", nameof(Task));
    }

    // From the call to the task that it waits for; null where there is none that means the same.
    private static Func<ExpressionSyntax, ExpressionSyntax>? Rewriting(ExpressionSyntax call, ISymbol? called) => (call, called) switch
    {
        (MemberAccessExpressionSyntax, IPropertySymbol { Name: "Result" }) => static current => ((MemberAccessExpressionSyntax)current).Expression,
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } } }, { Name: "GetResult" }) =>
            static current => Receiver(Receiver(current)),
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax }, IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
        {
            (nameof(Task), "Wait") when method.Parameters.IsEmpty => Receiver,
            (nameof(Task), "Wait") when method.Parameters.Length == 1 && method.Parameters[0].Type.Name == nameof(CancellationToken) => static current => Renamed(current, "WaitAsync"),
            (nameof(SemaphoreSlim), "Wait") => static current => Renamed(current, "WaitAsync"),
            (nameof(Task), "WaitAll") when method.Parameters.Length == 1 => static current => Renamed(current, "WhenAll"),
            (nameof(Thread), "Sleep") => static current => ((InvocationExpressionSyntax)current).WithExpression(SyntaxFactory.ParseExpression("Task.Delay")),
            _ => null,
        },
        _ => null,
    };

    private static ExpressionSyntax Receiver(ExpressionSyntax call) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression;

    private static InvocationExpressionSyntax Renamed(ExpressionSyntax call, string name)
    {
        var invocation = (InvocationExpressionSyntax)call;
        var method = (MemberAccessExpressionSyntax)invocation.Expression;
        return invocation.WithExpression(method.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(method.Name)));
    }
}

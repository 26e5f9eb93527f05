using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>
/// EVB2007: awaits in an asynchronous handler instead of blocking. There is no fix in a synchronous handler, because the contract and each
/// handler of the event would have to change first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedCallCodeFix() : EventBusCodeFix(DiagnosticIds.BlockingHandler, "Await instead of blocking")
{
    private protected override Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Node is not ExpressionSyntax call || !Awaiting.IsPossibleAt(call)
            || Rewriting(call, place.Model.GetSymbolInfo(call, cancellationToken).Symbol) is not { } rewrite)
            return Task.CompletedTask;

        edits.Set(call, current =>
        {
            var task = rewrite(current);
            var awaited = Awaiting.Await(task, current);
            awaited = awaited.WithTrailingTrivia(Comments.Behind(task, current).AddRange(awaited.GetTrailingTrivia()));
            if (!IsOperand(call))
                return awaited;
            return SyntaxFactory.ParenthesizedExpression(awaited.WithoutTrivia()).WithTriviaFrom(awaited);
        });
        if (call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(static name => name.Identifier.Text == nameof(Thread)))
            edits.Import(place.Model, call, "System.Threading.Tasks", nameof(Task));
        return Task.CompletedTask;
    }

    // Whether the parent uses the value of the call, so that an await needs parentheses.
    private static bool IsOperand(ExpressionSyntax call) => call.Parent is MemberAccessExpressionSyntax
        or ElementAccessExpressionSyntax
        or ConditionalAccessExpressionSyntax
        or PostfixUnaryExpressionSyntax
        or InvocationExpressionSyntax;

    // From the call to the task that it waits for; null if no task means the same.
    private static Func<ExpressionSyntax, ExpressionSyntax>? Rewriting(ExpressionSyntax call, ISymbol? called) => (call, called) switch
    {
        (MemberAccessExpressionSyntax, IPropertySymbol { Name: "Result" }) =>
            static current => ((MemberAccessExpressionSyntax)current).Expression,
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member }, { Name: "GetResult" }) =>
            member.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax }
                ? static current => Receiver(Receiver(current))
                : null,
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax }, IMethodSymbol method) => Rewriting(method),
        _ => null,
    };

    private static Func<ExpressionSyntax, ExpressionSyntax>? Rewriting(IMethodSymbol method)
    {
        var onlyParameter = method.Parameters.Length == 1 ? method.Parameters[0] : null;
        return (method.ContainingType.Name, method.Name) switch
        {
            (nameof(Task), "Wait") when method.Parameters.IsEmpty => Receiver,
            (nameof(Task), "Wait") when onlyParameter?.Type.Name == nameof(CancellationToken) =>
                static current => Renamed(current, "WaitAsync"),
            (nameof(SemaphoreSlim), "Wait") => static current => Renamed(current, "WaitAsync"),
            (nameof(Task), "WaitAll") when onlyParameter is not null => static current => Renamed(current, "WhenAll"),
            (nameof(Thread), "Sleep") =>
                static current => ((InvocationExpressionSyntax)current).WithExpression(SyntaxFactory.ParseExpression("Task.Delay")),
            _ => null,
        };
    }

    private static ExpressionSyntax Receiver(ExpressionSyntax call) =>
        ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call).Expression).Expression;

    private static InvocationExpressionSyntax Renamed(ExpressionSyntax call, string name)
    {
        var invocation = (InvocationExpressionSyntax)call;
        var method = (MemberAccessExpressionSyntax)invocation.Expression;
        return invocation.WithExpression(method.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(method.Name)));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>An emit whose task is discarded: as a statement or the body of a function, possibly after <c>_ =</c>.</summary>
internal sealed class DiscardedEmit
{
    private DiscardedEmit(InvocationExpressionSyntax call, ExpressionSyntax task, ExpressionSyntax whole, int wrappers)
    {
        Call = call;
        Task = task;
        Whole = whole;
        Wrappers = wrappers;
    }

    /// <summary>The emit itself.</summary>
    public InvocationExpressionSyntax Call { get; }

    /// <summary>The emit with the expressions around it that return its task, as <c>maybe?</c> and <c>AsTask()</c>.</summary>
    public ExpressionSyntax Task { get; }

    /// <summary>The task with the discard before it, if there is one.</summary>
    public ExpressionSyntax Whole { get; }

    /// <summary>The number of expressions around the emit in its task.</summary>
    public int Wrappers { get; }

    /// <summary>Whether the function around it can await.</summary>
    public bool CanAwait => Awaiting.IsPossibleAt(Whole);

    /// <summary>Null if the task is used otherwise, as in a variable or a conditional expression.</summary>
    public static DiscardedEmit? Find(SyntaxNode node)
    {
        if (node is not InvocationExpressionSyntax call)
            return null;

        ExpressionSyntax task = call;
        var wrappers = 0;
        for (; WrapperOf(task) is { } wrapper; task = wrapper)
            wrappers++;
        var isDiscarded = task.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" } };
        var whole = isDiscarded ? (ExpressionSyntax)task.Parent! : task;
        return whole.Parent is ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax
            ? new DiscardedEmit(call, task, whole, wrappers)
            : null;
    }

    /// <summary>The comment between <c>_ =</c> and the emit, with the space around it; empty if there is none.</summary>
    public static SyntaxTriviaList CommentAfterDiscard(ExpressionSyntax whole)
    {
        if (whole is not AssignmentExpressionSyntax discard)
            return default;
        var between = discard.OperatorToken.TrailingTrivia.AddRange(discard.Right.GetLeadingTrivia());
        return between.Any(Comments.Is) ? between : default;
    }

    private static ExpressionSyntax? WrapperOf(ExpressionSyntax task) => task.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access =>
            access.Name.Identifier.Text is "AsTask" or "Preserve" or "ConfigureAwait" ? outer : null,
        ParenthesizedExpressionSyntax parenthesized => parenthesized,
        ConditionalAccessExpressionSyntax access when access.WhenNotNull == task => access,
        _ => null,
    };
}

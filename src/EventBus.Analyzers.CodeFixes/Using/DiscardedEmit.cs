using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>Where the task of an emit ends unobserved: as a statement or the body of a function, perhaps behind <c>_ =</c>.</summary>
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

    /// <summary>The emit with what hands on its task, as <c>AsTask()</c> behind it and <c>maybe?</c> before it.</summary>
    public ExpressionSyntax Task { get; }

    /// <summary>The task with the discard before it, if there is one.</summary>
    public ExpressionSyntax Whole { get; }

    /// <summary>How many expressions lie around the emit in its task.</summary>
    public int Wrappers { get; }

    /// <summary>Whether the function around it can await.</summary>
    public bool CanAwait => Awaiting.IsPossibleAt(Whole);

    /// <summary>Null where the task goes elsewhere, into a variable or a choice.</summary>
    public static DiscardedEmit? Find(SyntaxNode? root, Diagnostic diagnostic)
    {
        if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax call)
            return null;

        ExpressionSyntax task = call;
        var wrappers = 0;
        for (; WrapperOf(task) is { } wrapper; task = wrapper)
            wrappers++;
        var whole = task.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" } } discard ? discard : task;
        return whole.Parent is ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax ? new DiscardedEmit(call, task, whole, wrappers) : null;
    }

    /// <summary>What is remarked between <c>_ =</c> and the emit, with the space around it; nothing where nothing is.</summary>
    public static SyntaxTriviaList Remark(ExpressionSyntax whole)
    {
        if (whole is not AssignmentExpressionSyntax discard)
            return default;
        var between = discard.OperatorToken.TrailingTrivia.AddRange(discard.Right.GetLeadingTrivia());
        return between.Any(Comments.Is) ? between : default;
    }

    private static ExpressionSyntax? WrapperOf(ExpressionSyntax task) => task.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "AsTask" or "Preserve" or "ConfigureAwait", Parent: InvocationExpressionSyntax outer } => outer,
        ParenthesizedExpressionSyntax parenthesized => parenthesized,
        ConditionalAccessExpressionSyntax access when access.WhenNotNull == task => access,
        _ => null,
    };
}

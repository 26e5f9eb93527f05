using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1005: takes <c>ref</c>, <c>in</c> and <c>params</c> from a parameter, in the contract and in its handlers. Nobody knows what an <c>out</c> parameter was meant for, nor what a caller expects that passes a reference.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ByValueCodeFix() : EventBusCodeFix(DiagnosticIds.ArgumentNotByValue, "Pass the argument by value")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { } node
            || model.GetDeclaredSymbol(node, cancellationToken) is not { RefKind: not RefKind.Out, ContainingSymbol: IMethodSymbol method } parameter)
            return;

        var all = await EventDeclarations.FindAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        var uses = await EventUses.FindAsync(all, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        if (uses.Any(use => !PassesByValue(use, parameter.Ordinal)))
            return;

        foreach (var declared in all)
        {
            foreach (var reference in declared.Parameters[parameter.Ordinal].DeclaringSyntaxReferences)
            {
                if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is ParameterSyntax syntax)
                    edits.Set(syntax, static current => current.WithModifiers([]).WithLeadingTrivia(current.GetLeadingTrivia()));
            }
        }
    }

    // Whether a use means the same, and compiles, without the modifier; of a delegate only its type knows.
    private static bool PassesByValue(IOperation use, int ordinal) => use switch
    {
        IInvocationOperation call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal) is { ArgumentKind: not (ArgumentKind.ParamArray or ArgumentKind.ParamCollection) } argument
            && argument.Syntax is not ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None },
        IMethodReferenceOperation => false,
        _ => true,
    };
}

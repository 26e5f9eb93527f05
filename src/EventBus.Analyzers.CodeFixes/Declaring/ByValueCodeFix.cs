using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>
/// EVB1005: removes <c>ref</c>, <c>in</c> and <c>params</c> from a parameter, in the contract and in its handlers. There is no fix for an
/// <c>out</c> parameter, nor if a call passes a reference.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ByValueCodeFix() : EventBusCodeFix(DiagnosticIds.ArgumentNotByValue, "Pass the argument by value")
{
    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Node.FirstAncestorOrSelf<ParameterSyntax>() is not { } node
            || place.Model.GetDeclaredSymbol(node, cancellationToken) is not { RefKind: not RefKind.Out } parameter
            || parameter.ContainingSymbol is not IMethodSymbol method)
            return;

        var all = await EventDeclarations.FindAsync(method, place.Solution, cancellationToken).ConfigureAwait(false);
        var uses = await EventUses.FindAsync(all, place.Solution, cancellationToken).ConfigureAwait(false);
        if (uses.Any(use => !PassesByValue(use, parameter.Ordinal)))
            return;

        foreach (var reference in all.SelectMany(declared => declared.Parameters[parameter.Ordinal].DeclaringSyntaxReferences))
        {
            if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is ParameterSyntax syntax)
                edits.Set(syntax, static current => current.WithModifiers([]).WithLeadingTrivia(current.GetLeadingTrivia()));
        }
    }

    // Whether a use compiles, and means the same, without the modifier. The type of a delegate is not known here.
    private static bool PassesByValue(IOperation use, int ordinal) => use switch
    {
        IInvocationOperation call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal) is { } argument
            && argument.ArgumentKind is not (ArgumentKind.ParamArray or ArgumentKind.ParamCollection)
            && argument.Syntax is not ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None },
        IMethodReferenceOperation => false,
        _ => true,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Benchmarks.Typing;

/// <summary>A generator that finds the contracts, and does nothing else: no generator with contracts can take less.</summary>
internal sealed class Finder : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider.ForAttributeWithMetadataName(
            "EventBus.BroadcastEventAttribute",
            static (node, _) => node is InterfaceDeclarationSyntax,
            static (target, _) => target.TargetSymbol.ToDisplayString());
        context.RegisterSourceOutput(names.Collect(), static (_, _) => { });
    }
}

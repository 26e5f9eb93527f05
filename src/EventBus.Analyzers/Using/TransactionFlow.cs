using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Follows the transactions of a method along its control flow, and finds the emits beside one that is open on every way there.</summary>
internal sealed class TransactionFlow(OneWayEmits emits)
{
    private readonly List<(IInvocationOperation Emit, ISymbol? Transaction)> _found = [];

    /// <summary>The emits, and the transaction each is beside; null for an ambient scope that has no name.</summary>
    public IReadOnlyList<(IInvocationOperation Emit, ISymbol? Transaction)> Find(ControlFlowGraph graph, ImmutableArray<IParameterSymbol> parameters)
    {
        Visit(graph, parameters);
        return _found;
    }

    private void Visit(ControlFlowGraph graph, ImmutableArray<IParameterSymbol> parameters)
    {
        // Who asks whether a transaction is null knows that it may be.
        var questioned = graph.Blocks.SelectMany(Operations).SelectMany(static operation => operation.DescendantsAndSelf()).SelectMany(OpenTransactions.AskedForNull).ToImmutableHashSet();
        var open = ImmutableHashSet.CreateRange<object>(parameters.Where(static parameter => OpenTransactions.IsOpenAtStart(parameter)).Except<object>(questioned));
        var atStart = Solve(graph, open);
        foreach (var block in graph.Blocks)
        {
            if (atStart[block.Ordinal] is { } state)
                Report(block, state);
        }

        // Functions inside run whenever: of the transactions around them nothing is known.
        foreach (var local in graph.LocalFunctions)
            Visit(graph.GetLocalFunctionControlFlowGraph(local), local.Parameters);
        foreach (var function in graph.Blocks.SelectMany(Operations).SelectMany(static operation => operation.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
            Visit(graph.GetAnonymousFunctionControlFlowGraph(function), function.Symbol.Parameters);
    }

    private void Report(BasicBlock block, ImmutableHashSet<object> state)
    {
        foreach (var operation in Operations(block))
        {
            if (!state.IsEmpty)
            {
                var transaction = state.OfType<ISymbol>().Where(OpenTransactions.IsTransaction).OrderBy(static symbol => symbol.Name, StringComparer.Ordinal).FirstOrDefault();
                _found.AddRange(operation.DescendantsAndSelf().OfType<IInvocationOperation>().Where(emits.Contains).Select(call => (call, (ISymbol?)transaction)));
            }

            state = OpenTransactions.After(operation, state);
        }
    }

    // What is open at the start of each block, whichever way led there; null where none does.
    private static ImmutableHashSet<object>?[] Solve(ControlFlowGraph graph, ImmutableHashSet<object> open)
    {
        var atStart = new ImmutableHashSet<object>?[graph.Blocks.Length];
        var waiting = new Queue<BasicBlock>();
        Meet(graph.Blocks[0], open);
        while (waiting.Count > 0)
        {
            var block = waiting.Dequeue();
            var before = atStart[block.Ordinal]!;
            var after = Operations(block).Aggregate(before, static (state, operation) => OpenTransactions.After(operation, state));
            Follow(block.FallThroughSuccessor, after);
            Follow(block.ConditionalSuccessor, after);
            foreach (var handler in Handlers(block, graph))
                Meet(handler, before.Intersect(after));
        }

        return atStart;

        void Follow(ControlFlowBranch? branch, ImmutableHashSet<object> state)
        {
            if (branch?.Destination is not { } destination)
                return;
            var operations = branch.FinallyRegions.SelectMany(region => Blocks(region, graph)).SelectMany(Operations);
            Meet(destination, operations.Aggregate(state, static (state, operation) => OpenTransactions.After(operation, state)));
        }

        void Meet(BasicBlock block, ImmutableHashSet<object> state)
        {
            var known = atStart[block.Ordinal];
            var met = known?.Intersect(state) ?? state;
            if (known is not null && met.Count == known.Count)
                return;
            atStart[block.Ordinal] = met;
            waiting.Enqueue(block);
        }
    }

    // Anything may throw: a handler begins with what was open before and after everything in its try.
    private static IEnumerable<BasicBlock> Handlers(BasicBlock block, ControlFlowGraph graph)
    {
        for (var region = block.EnclosingRegion; region?.EnclosingRegion is { } outer; region = outer)
        {
            if (region.Kind != ControlFlowRegionKind.Try || outer.Kind != ControlFlowRegionKind.TryAndCatch)
                continue;
            foreach (var handler in outer.NestedRegions.Where(nested => nested != region))
                yield return graph.Blocks[handler.FirstBlockOrdinal];
        }
    }

    private static IEnumerable<BasicBlock> Blocks(ControlFlowRegion region, ControlFlowGraph graph) =>
        graph.Blocks.Skip(region.FirstBlockOrdinal).Take(region.LastBlockOrdinal - region.FirstBlockOrdinal + 1);

    private static IEnumerable<IOperation> Operations(BasicBlock block) => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;
}

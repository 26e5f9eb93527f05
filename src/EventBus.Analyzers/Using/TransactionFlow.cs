using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Follows the transactions of a method along its control flow, and finds emits with an open transaction on every path.</summary>
internal sealed class TransactionFlow(OneWayEmits emits)
{
    private readonly List<(IInvocationOperation Emit, ISymbol? Transaction)> _found = [];

    /// <summary>The emits, each with the open transaction; null for an ambient scope, which has no name.</summary>
    public IReadOnlyList<(IInvocationOperation Emit, ISymbol? Transaction)> Find(
        ControlFlowGraph graph, ImmutableArray<IParameterSymbol> parameters)
    {
        Visit(graph, parameters);
        return _found;
    }

    private void Visit(ControlFlowGraph graph, ImmutableArray<IParameterSymbol> parameters)
    {
        // A method that compares a transaction with null can be called without one.
        var compared = Descendants(graph).SelectMany(OpenTransactions.Compared).ToImmutableHashSet();
        var open = parameters.Where(static parameter => OpenTransactions.IsOpenAtStart(parameter)).Except<object>(compared);
        var atStart = Solve(graph, [.. open]);
        foreach (var block in graph.Blocks)
        {
            if (atStart[block.Ordinal] is { } state)
                Report(block, state);
        }

        // A nested function can run at any time, so the transactions around it are not known to be open.
        foreach (var local in graph.LocalFunctions)
            Visit(graph.GetLocalFunctionControlFlowGraph(local), local.Parameters);
        foreach (var function in Descendants(graph).OfType<IFlowAnonymousFunctionOperation>())
            Visit(graph.GetAnonymousFunctionControlFlowGraph(function), function.Symbol.Parameters);
    }

    private void Report(BasicBlock block, ImmutableHashSet<object> state)
    {
        foreach (var operation in Operations(block))
        {
            if (!state.IsEmpty)
            {
                var transactions = state.OfType<ISymbol>().Where(OpenTransactions.IsTransaction);
                var transaction = transactions.OrderBy(static symbol => symbol.Name, StringComparer.Ordinal).FirstOrDefault();
                var calls = operation.DescendantsAndSelf().OfType<IInvocationOperation>().Where(emits.CanBeTransactional);
                _found.AddRange(calls.Select(call => (call, (ISymbol?)transaction)));
            }

            state = OpenTransactions.After(operation, state);
        }
    }

    // The transactions that are open at the start of each block on every path to it; null for an unreachable block.
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

    // Any operation may throw, so at the start of a handler only transactions are open that are open everywhere in its try.
    private static IEnumerable<BasicBlock> Handlers(BasicBlock block, ControlFlowGraph graph)
    {
        // The regions around the root are those of the method around a nested function: a try there does not catch what runs later.
        for (var region = block.EnclosingRegion; region != graph.Root && region.EnclosingRegion is { } outer; region = outer)
        {
            if (region.Kind != ControlFlowRegionKind.Try || outer.Kind != ControlFlowRegionKind.TryAndCatch)
                continue;
            foreach (var handler in outer.NestedRegions.Where(nested => nested != region))
                yield return graph.Blocks[handler.FirstBlockOrdinal];
        }
    }

    private static IEnumerable<BasicBlock> Blocks(ControlFlowRegion region, ControlFlowGraph graph) =>
        graph.Blocks.Skip(region.FirstBlockOrdinal).Take(region.LastBlockOrdinal - region.FirstBlockOrdinal + 1);

    private static IEnumerable<IOperation> Descendants(ControlFlowGraph graph) =>
        graph.Blocks.SelectMany(Operations).SelectMany(static operation => operation.DescendantsAndSelf());

    private static IEnumerable<IOperation> Operations(BasicBlock block) =>
        block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;
}

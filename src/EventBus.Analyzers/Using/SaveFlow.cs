using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>
/// Finds emits after which a method saves the changes of a context on every path, and before which it need not have saved any: their
/// receivers do not find the changes. Paths that throw do not count.
/// </summary>
internal sealed class SaveFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly List<IInvocationOperation>[] _calls;
    private readonly bool[] _isSavedBefore;
    private readonly bool[] _isSavedAfter;

    private SaveFlow(ControlFlowGraph graph, OneWayEmits emits)
    {
        _graph = graph;
        _calls = [.. graph.Blocks.Select(block => Calls(block, emits).ToList())];
        _isSavedBefore = Solve((block, isSaved) => block.Kind != BasicBlockKind.Entry
            && block.Predecessors.All(branch => isSaved[branch.Source.Ordinal] || Saves(branch.Source)));
        _isSavedAfter = Solve((block, isSaved) => block.Kind != BasicBlockKind.Exit
            && (Saves(block) || Next(block).All(next => isSaved[next.Ordinal])));
    }

    /// <summary>The emits of a body and of the functions in it, each with the call that saves later.</summary>
    public static IEnumerable<(IInvocationOperation Emit, IInvocationOperation Save)> Find(ControlFlowGraph graph, OneWayEmits emits)
    {
        var functions = graph.Blocks.SelectMany(Operations).OfType<IFlowAnonymousFunctionOperation>();
        return new SaveFlow(graph, emits).Find()
            .Concat(graph.LocalFunctions.SelectMany(function => Find(graph.GetLocalFunctionControlFlowGraph(function), emits)))
            .Concat(functions.SelectMany(function => Find(graph.GetAnonymousFunctionControlFlowGraph(function), emits)));
    }

    private IEnumerable<(IInvocationOperation Emit, IInvocationOperation Save)> Find() =>
        from block in _graph.Blocks
        where !_isSavedBefore[block.Ordinal]
        from emit in _calls[block.Ordinal].TakeWhile(static call => !EntityFramework.Saves(call))
        where Saves(block) || Next(block).All(next => _isSavedAfter[next.Ordinal])
        let save = FirstSave(block)
        where save is not null // A loop without an end never saves.
        select (emit, save);

    // The greatest solution: it holds everywhere at first, and is withdrawn until nothing changes.
    private bool[] Solve(Func<BasicBlock, bool[], bool> holds)
    {
        var result = _graph.Blocks.Select(static _ => true).ToArray();
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var block in _graph.Blocks.Where(block => result[block.Ordinal] && !holds(block, result)))
            {
                result[block.Ordinal] = false;
                isChanged = true;
            }
        }

        return result;
    }

    private IInvocationOperation? FirstSave(BasicBlock start)
    {
        var (seen, waiting) = (new HashSet<int> { start.Ordinal }, new Queue<BasicBlock>([start]));
        while (waiting.Count > 0)
        {
            var block = waiting.Dequeue();
            if (_calls[block.Ordinal].FirstOrDefault(EntityFramework.Saves) is { } save)
                return save;
            foreach (var next in Next(block).Where(next => seen.Add(next.Ordinal)))
                waiting.Enqueue(next);
        }

        return null;
    }

    private bool Saves(BasicBlock block) => _calls[block.Ordinal].Any(EntityFramework.Saves);

    private static IEnumerable<IInvocationOperation> Calls(BasicBlock block, OneWayEmits emits) =>
        Operations(block).OfType<IInvocationOperation>().Where(call => EntityFramework.Saves(call) || emits.CanBeTransactional(call));

    private static IEnumerable<BasicBlock> Next(BasicBlock block)
    {
        if (block.FallThroughSuccessor?.Destination is { } next)
            yield return next;
        if (block.ConditionalSuccessor?.Destination is { } other)
            yield return other;
    }

    private static IEnumerable<IOperation> Operations(BasicBlock block) =>
        (block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
        .SelectMany(static operation => operation.DescendantsAndSelf());
}

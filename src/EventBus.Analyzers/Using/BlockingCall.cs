using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>A call that blocks its thread until something else happens.</summary>
internal readonly struct BlockingCall(IOperation operation, string name)
{
    private static readonly HashSet<string> Methods =
    [
        "System.Threading.Thread.Sleep",
        "System.Threading.Thread.Join",
        "System.Threading.SemaphoreSlim.Wait",
        "System.Threading.WaitHandle.WaitOne",
        "System.Threading.WaitHandle.WaitAll",
        "System.Threading.WaitHandle.WaitAny",
        "System.Threading.ManualResetEventSlim.Wait",
        "System.Threading.CountdownEvent.Wait",
        "System.Threading.Barrier.SignalAndWait",
        "System.Threading.Monitor.Wait",
        "System.Threading.SpinWait.SpinUntil",
        "System.Collections.Concurrent.BlockingCollection`1.Take",
        "System.Threading.Tasks.Task.Wait",
        "System.Threading.Tasks.Task.WaitAll",
        "System.Threading.Tasks.Task.WaitAny",
    ];

    public IOperation Operation { get; } = operation;

    public string Name { get; } = name;

    /// <summary>The blocking calls of the function itself. Functions inside it may run elsewhere.</summary>
    public static IEnumerable<BlockingCall> In(IOperation body)
    {
        var operations = OfFunction(body).ToList();
        return from operation in operations
               let call = Of(operation)
               where call is not null && !IsOver(call.Value.Waited, operation, operations)
               select new BlockingCall(operation, call.Value.Name);
    }

    // Not recursive, because a sum of a thousand texts is a thousand levels deep.
    private static IEnumerable<IOperation> OfFunction(IOperation body)
    {
        var waiting = new Stack<IOperation>();
        waiting.Push(body);
        while (waiting.Count > 0)
        {
            var operation = waiting.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return operation;
            foreach (var child in operation.ChildOperations)
                waiting.Push(child);
        }
    }

    private static (IOperation? Waited, string Name)? Of(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when TaskTypes.IsTask(task.Type) =>
            (task, $"{task.Type!.Name}.Result"),
        IInvocationOperation
        {
            TargetMethod: { Name: "GetResult" } method,
            Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task },
        } => IsAwaiter(method.ContainingType) ? (task, "GetAwaiter().GetResult()") : null,
        IInvocationOperation call when IsBlocking(call.TargetMethod) && !HasNoTimeout(call) =>
            (call.Instance, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"),
        _ => null,
    };

    private static bool IsBlocking(IMethodSymbol method) =>
        Methods.Contains($"{method.ContainingType.GetFullMetadataName()}.{method.Name}");

    private static bool IsAwaiter(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices" && type.GetFullMetadataName().Contains("TaskAwait");

    // A call with a timeout of zero does not wait.
    private static bool HasNoTimeout(IInvocationOperation call) => call.Instance is not null && FirstArgument(call) switch
    {
        { ConstantValue: { HasValue: true, Value: 0 } } => true,
        IFieldReferenceOperation { Field: { Name: nameof(TimeSpan.Zero), ContainingType.Name: nameof(TimeSpan) } } => true,
        _ => false,
    };

    private static IOperation? FirstArgument(IInvocationOperation call) => call.Arguments.FirstOrDefault()?.Value;

    // A task that was awaited before, or found completed, does not block.
    private static bool IsOver(IOperation? waited, IOperation operation, List<IOperation> operations)
    {
        var symbol = waited switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        return symbol is not null && operations.Any(other => other.Syntax.SpanStart < operation.Syntax.SpanStart && other switch
        {
            IAwaitOperation await => await.Descendants().Any(part => Refers(part, symbol)),
            IPropertyReferenceOperation { Instance: { } task, Property.Name: "IsCompleted" or "IsCompletedSuccessfully" } =>
                Refers(task, symbol),
            _ => false,
        });
    }

    private static bool Refers(IOperation operation, ISymbol symbol) => operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, symbol),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol),
        _ => false,
    };
}

using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>A call that holds its thread until something else has happened.</summary>
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
        "System.Threading.Tasks.Task.Wait",
        "System.Threading.Tasks.Task.WaitAll",
        "System.Threading.Tasks.Task.WaitAny",
    ];

    public IOperation Operation { get; } = operation;

    public string Name { get; } = name;

    /// <summary>Those that the function itself makes; functions inside it may run elsewhere.</summary>
    public static IEnumerable<BlockingCall> In(IOperation body)
    {
        var operations = OfFunction(body).ToList();
        return from operation in operations
               let call = Of(operation)
               where call is not null && !IsOver(call.Value.Waited, operation, operations)
               select new BlockingCall(operation, call.Value.Name);
    }

    private static IEnumerable<IOperation> OfFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation
        ? []
        : operation.ChildOperations.SelectMany(OfFunction).Prepend(operation);

    private static (IOperation? Waited, string Name)? Of(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when TaskTypes.IsTask(task.Type) => (task, $"{task.Type!.Name}.Result"),
        IInvocationOperation { TargetMethod: { Name: "GetResult" } method, Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } } =>
            IsAwaiter(method.ContainingType) ? (task, "GetAwaiter().GetResult()") : null,
        IInvocationOperation call when Methods.Contains($"{call.TargetMethod.ContainingType.GetFullMetadataName()}.{call.TargetMethod.Name}") =>
            TriesOnly(call) ? null : (call.Instance, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}"),
        _ => null,
    };

    private static bool IsAwaiter(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices" && type.GetFullMetadataName().Contains("TaskAwait");

    // With a timeout of zero the call only asks.
    private static bool TriesOnly(IInvocationOperation call) =>
        call.Instance is not null && call.Arguments.FirstOrDefault()?.Value.ConstantValue is { HasValue: true, Value: 0 };

    // A task that was awaited before, or asked whether it has completed, is not waited for.
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
            IPropertyReferenceOperation { Instance: { } task, Property.Name: "IsCompleted" or "IsCompletedSuccessfully" } => Refers(task, symbol),
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

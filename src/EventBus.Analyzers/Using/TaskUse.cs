using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Follows a task from the call that creates it.</summary>
internal static class TaskUse
{
    /// <summary>Whether the task ends as a statement, in a discard, or in a local variable that is never read.</summary>
    public static bool IsForgotten(IInvocationOperation call)
    {
        IOperation task = call;
        while (task.Parent is { } parent && PassesOn(parent, task))
            task = parent;

        return task.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local, Parent: IExpressionStatementOperation } =>
                !IsRead(local.Local, local),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => !IsRead(declarator.Symbol, declarator),
            _ => false,
        };
    }

    // Whether the parent returns the same task in another form.
    private static bool PassesOn(IOperation parent, IOperation task) => parent switch
    {
        IConversionOperation or IParenthesizedOperation or ICoalesceOperation or ISwitchExpressionOperation => true,
        IConditionalOperation choice => choice.Condition != task,
        ISwitchExpressionArmOperation arm => arm.Value == task,
        IConditionalAccessOperation access => access.WhenNotNull == task,
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: "AsTask" or "Preserve" or "ConfigureAwait" } =>
            instance == task && TaskTypes.IsTask(task.Type),
        _ => false,
    };

    private static bool IsRead(ILocalSymbol local, IOperation root)
    {
        while (root.Parent is { } parent)
            root = parent;
        return local.IsUsing || root.Descendants().OfType<ILocalReferenceOperation>()
            .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local) && !IsAssigned(reference));
    }

    private static bool IsAssigned(ILocalReferenceOperation reference) =>
        reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;
}

/// <summary>Distinguishes tasks from other types.</summary>
internal static class TaskTypes
{
    /// <summary>Whether the type is a task, or a stream that does nothing until it is read.</summary>
    public static bool IsAwaitable(ITypeSymbol? type) => IsTask(type) || Name(type) is "EventBus.AckStream`1";

    public static bool IsTask(ITypeSymbol? type) =>
        Name(type) is KnownNames.Task or KnownNames.ValueTask or KnownNames.Task + "`1" or KnownNames.ValueTask + "`1";

    private static string? Name(ITypeSymbol? type) => (type?.OriginalDefinition as INamedTypeSymbol)?.GetFullMetadataName();
}

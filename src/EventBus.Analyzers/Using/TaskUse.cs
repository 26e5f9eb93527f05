using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Follows a task from the call that made it.</summary>
internal static class TaskUse
{
    /// <summary>Whether the task ends as a statement, in a discard, or in a local variable that nobody reads.</summary>
    public static bool IsForgotten(IInvocationOperation call)
    {
        IOperation task = call;
        while (task.Parent is { } parent && PassesOn(parent, task))
            task = parent;

        return task.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } assignment => !IsRead(local, assignment),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } => !IsRead(local, declarator),
            _ => false,
        };
    }

    // What hands on the same task in another form.
    private static bool PassesOn(IOperation parent, IOperation task) => parent switch
    {
        IConversionOperation or IParenthesizedOperation or ICoalesceOperation or ISwitchExpressionOperation => true,
        IConditionalOperation choice => choice.Condition != task,
        ISwitchExpressionArmOperation arm => arm.Value == task,
        IConditionalAccessOperation access => access.WhenNotNull == task,
        IInvocationOperation { Instance: { } instance, TargetMethod.Name: "AsTask" or "Preserve" or "ConfigureAwait" } => instance == task && TaskTypes.IsTask(task.Type),
        _ => false,
    };

    private static bool IsRead(ILocalSymbol local, IOperation root)
    {
        while (root.Parent is { } parent)
            root = parent;
        return local.IsUsing || root.Descendants().OfType<ILocalReferenceOperation>().Any(
            reference => SymbolEqualityComparer.Default.Equals(reference.Local, local) && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference));
    }
}

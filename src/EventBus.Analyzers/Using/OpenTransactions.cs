using System.Collections.Immutable;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Tracks open transactions. A local, a parameter or a temporary of the compiler identifies a transaction.</summary>
internal static class OpenTransactions
{
    private const int Suppress = 2;

    /// <summary>Whether the transaction is certainly open when the method starts. A parameter that can be null may hold none.</summary>
    public static bool IsOpenAtStart(IParameterSymbol parameter) =>
        IsTransaction(parameter.Type)
        && parameter is { NullableAnnotation: not NullableAnnotation.Annotated, RefKind: RefKind.None, HasExplicitDefaultValue: false };

    /// <summary>Whether the local or parameter is a transaction of Npgsql or of EF Core.</summary>
    public static bool IsTransaction(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => IsTransaction(local.Type),
        IParameterSymbol parameter => IsTransaction(parameter.Type),
        _ => false,
    };

    /// <summary>The transactions that an operation compares with null or another value.</summary>
    public static IEnumerable<object> Compared(IOperation operation)
    {
        IEnumerable<IOperation> compared = operation switch
        {
            IIsNullOperation test => [test.Operand],
            IIsPatternOperation test => [test.Value],
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test =>
                [test.LeftOperand, test.RightOperand],
            _ => [],
        };
        return compared.Select(Key).Where(static key => key is not null)!;
    }

    public static ImmutableHashSet<object> After(IOperation operation, ImmutableHashSet<object> open)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            open = part switch
            {
                ISimpleAssignmentOperation assignment when Key(assignment.Target) is { } key => Assigned(key, assignment.Value, open),
                IFlowCaptureOperation capture => Assigned(capture.Id, capture.Value, open),
                IInvocationOperation { Instance: { } instance } call when Ends(call, instance) => open.Remove(Key(instance)!),
                IInvocationOperation call when EntityFramework.EndsTransaction(call) => open.RemoveWhere(IsOfContext),
                _ => open,
            };
        }

        return open;
    }

    private static ImmutableHashSet<object> RemoveWhere(this ImmutableHashSet<object> open, Func<object, bool> isEnded) =>
        open.Except(open.Where(isEnded));

    private static ImmutableHashSet<object> Assigned(object key, IOperation value, ImmutableHashSet<object> open)
    {
        var source = Unwrap(value);
        if (Key(source) is { } other)
            return key is CaptureId ? open : open.Contains(other) ? open.Add(key) : open.Remove(key);
        return IsBegun(source) ? open.Add(key) : open.Remove(key);
    }

    private static bool IsBegun(IOperation value) => value switch
    {
        IInvocationOperation or IAwaitOperation => IsTransaction(value.Type),
        IObjectCreationOperation scope => IsScope(scope.Type) && !scope.Arguments.Any(static argument => IsSuppress(argument.Value)),
        _ => false,
    };

    private static bool IsSuppress(IOperation option) => option is { Type.Name: "TransactionScopeOption", ConstantValue.Value: Suppress };

    // A scope commits when it is disposed. A rollback to a savepoint does not end the transaction.
    private static bool Ends(IInvocationOperation call, IOperation instance) => Key(instance) is not null && call.TargetMethod.Name switch
    {
        "Dispose" or "DisposeAsync" => true,
        "Commit" or "CommitAsync" or "Rollback" or "RollbackAsync" =>
            IsTransaction(Unwrap(instance).Type) && !TakesSavepoint(call.TargetMethod),
        _ => false,
    };

    private static bool TakesSavepoint(IMethodSymbol method) =>
        method.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_String);

    private static object? Key(IOperation operation) => Unwrap(operation) switch
    {
        ILocalReferenceOperation local when IsTransaction(local.Type) || IsScope(local.Type) => local.Local,
        IParameterReferenceOperation parameter when IsTransaction(parameter.Type) || IsScope(parameter.Type) => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => capture.Id,
        _ => null,
    };

    private static IOperation Unwrap(IOperation operation) =>
        operation is IConversionOperation conversion ? Unwrap(conversion.Operand) : operation;

    private static bool IsTransaction(ITypeSymbol? type) =>
        (type is INamedTypeSymbol named && named.IsNamed("Npgsql.NpgsqlTransaction")) || EntityFramework.IsTransaction(type);

    // A call of 'db.Database' does not name the transaction, so it ends all that can be meant.
    private static bool IsOfContext(object key) => key is CaptureId || (key is ISymbol symbol && EntityFramework.IsTransaction(symbol));

    private static bool IsScope(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && named.IsNamed("System.Transactions.TransactionScope");
}

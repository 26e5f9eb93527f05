using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Recognizes the transactions and contexts of EF Core by their names: EventBus itself does not refer to it.</summary>
internal static class EntityFramework
{
    /// <summary>Whether it is a transaction of a context.</summary>
    public static bool IsTransaction(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && named.IsNamed("Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction");

    /// <inheritdoc cref="IsTransaction(ITypeSymbol?)"/>
    public static bool IsTransaction(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => IsTransaction(local.Type),
        IParameterSymbol parameter => IsTransaction(parameter.Type),
        _ => false,
    };

    /// <summary>Whether the call ends the current transaction of a context, such as <c>db.Database.CommitTransactionAsync()</c>.</summary>
    public static bool EndsTransaction(IInvocationOperation call) =>
        call.TargetMethod.Name is "CommitTransaction" or "CommitTransactionAsync" or "RollbackTransaction" or "RollbackTransactionAsync"
        && call.TargetMethod.ContainingType.IsNamed("Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade");

    /// <summary>Whether the call saves the changes of a context.</summary>
    public static bool Saves(IInvocationOperation call) =>
        call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync" && IsContext(call.TargetMethod.ContainingType);

    /// <summary>The variable, field or property whose changes a call saves; null if it has no name.</summary>
    public static string? NameOfContext(IInvocationOperation save) => save.Instance switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        _ => null,
    };

    /// <summary>Whether a project can send within a transaction of EF Core.</summary>
    public static bool IsSupportedBy(Compilation compilation) =>
        compilation.GetTypeByMetadataName("EventBus.EntityFrameworkOperatorExtensions") is not null;

    private static bool IsContext(INamedTypeSymbol? type) =>
        type is not null && (type.IsNamed("Microsoft.EntityFrameworkCore.DbContext") || IsContext(type.BaseType));
}

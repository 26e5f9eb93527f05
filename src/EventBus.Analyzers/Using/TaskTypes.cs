using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Using;

/// <summary>Tells tasks from other types.</summary>
internal static class TaskTypes
{
    private const string TaskNamespace = "System.Threading.Tasks.";

    /// <summary>Whether the type is a task, or a stream that does nothing until it is read.</summary>
    public static bool IsAwaitable(ITypeSymbol? type) => IsTask(type) || Name(type) is "EventBus.AckStream`1";

    public static bool IsTask(ITypeSymbol? type) => Name(type) is KnownNames.Task or KnownNames.ValueTask or TaskNamespace + "Task`1" or TaskNamespace + "ValueTask`1";

    private static string? Name(ITypeSymbol? type) => (type?.OriginalDefinition as INamedTypeSymbol)?.GetFullMetadataName();
}

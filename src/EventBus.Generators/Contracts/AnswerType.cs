using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What the receivers of an event answer.</summary>
internal static class AnswerType
{
    /// <summary>What it is called in the path to one of its parts.</summary>
    public const string Name = "answer";

    /// <summary>The <c>T</c> of the <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c> that the event returns; null where it has no answer.</summary>
    public static ITypeSymbol? Of(IMethodSymbol method) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType: INamedTypeSymbol { Arity: 1 } type }
        && (type.IsNamed(KnownNames.Task + "`1") || type.IsNamed(KnownNames.ValueTask + "`1"))
            ? type.TypeArguments[0]
            : null;

    /// <summary>All that the event carries, there and back; not what the bus provides.</summary>
    public static IEnumerable<(ISymbol Symbol, TypeShape Shape, string Name)> AndParametersOf(IMethodSymbol method, TypeShapeReader reader)
    {
        foreach (var parameter in ProvidedParameter.OthersOf(method))
            yield return (parameter, reader.Read(parameter), parameter.Name);
        if (Of(method) is { } answer)
            yield return (method, reader.Read(answer), Name);
    }
}

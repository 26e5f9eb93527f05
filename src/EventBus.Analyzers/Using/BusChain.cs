using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Walks from a call back through its receivers: from <c>emitter.To("r1").Ping()</c> to <c>emitter</c>.</summary>
internal static class BusChain
{
    public static IEnumerable<IOperation> Of(IOperation operation)
    {
        for (var current = operation; current is not null; current = Receiver(current))
            yield return current;
    }

    /// <summary>Whether the call sends an event to this process only.</summary>
    public static bool HasLocal(IInvocationOperation call) =>
        Of(call).Any(static part => part is IPropertyReferenceOperation { Property.Name: "Local" });

    private static IOperation? Receiver(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.IsExtensionMethod: true } call => call.Arguments.FirstOrDefault()?.Value,
        IInvocationOperation call => call.Instance,
        IPropertyReferenceOperation property => property.Instance,
        IConversionOperation conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        _ => null,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>Walks back from a call, through what it is called on: <c>emitter.To("r1").Ping()</c>, <c>emitter.To("r1")</c>, <c>emitter</c>.</summary>
internal static class BusChain
{
    public static IEnumerable<IOperation> Of(IOperation operation)
    {
        for (var current = operation; current is not null; current = Receiver(current))
            yield return current;
    }

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

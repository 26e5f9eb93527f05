using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>An event returns nothing, or a task that says when the receiver is done, or one with the receiver's answer, which has a form on the wire like every parameter.</summary>
internal static class ReturnTypeCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        let reason = WhyUnsupported(method, reader)
        where reason is not null
        select new ContractViolation(method, method.Name, method.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason);

    private static string? WhyUnsupported(IMethodSymbol method, TypeShapeReader reader)
    {
        if (AnswerType.Of(method) is { } answer)
            return UnsupportedPart.Find(reader, reader.Read(answer), AnswerType.Name) is { } part ? $"'{part.Path}' is '{part.TypeName}', and {part.Reason}" : null;
        return method.ReturnsVoid || IsTask(method) ? null : "what a receiver answers is in a Task or ValueTask";
    }

    private static bool IsTask(IMethodSymbol method) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType: INamedTypeSymbol type } && (type.IsNamed(KnownNames.Task) || type.IsNamed(KnownNames.ValueTask));
}

using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks that each member is a method that can be an event, with parameters and a return type that an event can have.</summary>
internal static class MemberChecks
{
    private const string Annotations = "System.ComponentModel.DataAnnotations";

    /// <summary>EVB1004: every member of a contract is a method that can be an event.</summary>
    public static IEnumerable<ContractViolation> FindNonEvents(INamedTypeSymbol contract) =>
        from member in contract.GetMembers()
        let kind = WhyNoEvent(member)
        where kind is not null
        select new ContractViolation(member, member.Name, contract.Name, kind);

    /// <summary>EVB1005: arguments travel by value, one per parameter.</summary>
    public static IEnumerable<ContractViolation> FindNotByValue(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in method.Parameters
        let modifier = PassingModifier(parameter)
        where modifier is not null
        select new ContractViolation(parameter, parameter.Name, method.Name, modifier);

    /// <summary>EVB1016: an event has each provided parameter at most once, without anything that only a sent parameter can have.</summary>
    public static IEnumerable<ContractViolation> FindMisusedProvided(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in method.Parameters
        where EventSignature.IsProvided(parameter)
        let reason = WhyMisused(parameter, method)
        where reason is not null
        select new ContractViolation(parameter, parameter.Name, method.Name, reason);

    /// <summary>EVB1003: an event returns nothing, a task without a result, or a task whose result has a form on the wire.</summary>
    public static IEnumerable<ContractViolation> FindUnsupportedReturns(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        let reason = WhyUnsupportedReturn(method, reader)
        where reason is not null
        let type = method.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
        select new ContractViolation(method, method.Name, type, reason);

    /// <summary>The modifier that keeps a parameter from being passed by value; null if there is none.</summary>
    public static string? PassingModifier(IParameterSymbol parameter) => parameter switch
    {
        { IsParams: true } => "params",
        { RefKind: RefKind.Ref } => "ref",
        { RefKind: RefKind.Out } => "out",
        { RefKind: RefKind.In } => "in",
        { RefKind: RefKind.RefReadOnlyParameter } => "ref readonly",
        _ => null,
    };

    private static string? WhyNoEvent(ISymbol member) => member switch
    {
        INamedTypeSymbol or IFieldSymbol { IsConst: true } => null,
        IPropertySymbol { IsIndexer: true } => "an indexer",
        IPropertySymbol => "a property",
        IEventSymbol => "a C# event",
        { IsStatic: true, IsImplicitlyDeclared: false }
            and (IMethodSymbol { MethodKind: not (MethodKind.PropertyGet or MethodKind.PropertySet) } or IFieldSymbol) => "static",
        IMethodSymbol { MethodKind: MethodKind.Ordinary, IsGenericMethod: true } => "a generic method",
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method =>
            ContractEvents.IsEvent(method) ? null : "a method that receivers do not implement",
        _ => null,
    };

    private static string? WhyMisused(IParameterSymbol parameter, IMethodSymbol method)
    {
        var type = WithoutNullable(parameter.Type);
        var earlier = method.Parameters.Take(parameter.Ordinal).Select(static other => WithoutNullable(other.Type));
        if (earlier.Contains(type, SymbolEqualityComparer.Default))
            return $"another parameter has the type '{type.Name}'; remove one of them";
        if (parameter.Type.NullableAnnotation == NullableAnnotation.Annotated)
            return "it is nullable, but always has a value; remove the '?'";
        if (parameter is { HasExplicitDefaultValue: true, Type.IsReferenceType: true })
            return "it has a default, but always has a value; remove the default";
        var misplaced = parameter.GetAttributes().Select(static attribute => attribute.AttributeClass).FirstOrDefault(IsOfSentParameters);
        return misplaced is null ? null : $"[{misplaced.Name.Replace(nameof(Attribute), "")}] applies to sent parameters; remove it";
    }

    private static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    private static bool IsOfSentParameters(INamedTypeSymbol? attribute) =>
        attribute is not null
        && (attribute.IsNamed(KnownNames.FormatterAttribute) || attribute.ContainingNamespace.ToDisplayString() == Annotations);

    private static string? WhyUnsupportedReturn(IMethodSymbol method, TypeShapeReader reader)
    {
        if (reader.ReadAck(method) is not { } ack)
            return method.ReturnsVoid || IsTask(method) ? null : "an ack must be the result of a Task or ValueTask";
        var part = UnsupportedPart.Find(reader, ack, EventSignature.AckName);
        return part is null ? null : $"'{part.Path}' is of type '{part.TypeName}': {part.Reason}";
    }

    private static bool IsTask(IMethodSymbol method) =>
        method is { ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType: INamedTypeSymbol type }
        && (type.IsNamed(KnownNames.Task) || type.IsNamed(KnownNames.ValueTask));
}

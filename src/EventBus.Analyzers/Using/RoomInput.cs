using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>A text that becomes part of a room's name unchanged: a parameter, or a property of a parameter.</summary>
internal readonly struct RoomInput(IOperation operation, IParameterSymbol parameter)
{
    private static readonly string[] Limits =
    [
        "System.ComponentModel.DataAnnotations.MaxLengthAttribute",
        "System.ComponentModel.DataAnnotations.StringLengthAttribute",
        "System.ComponentModel.DataAnnotations.LengthAttribute",
        "System.ComponentModel.DataAnnotations.RegularExpressionAttribute",
        "System.ComponentModel.DataAnnotations.AllowedValuesAttribute",
    ];

    public IOperation Operation { get; } = operation;

    public IParameterSymbol Parameter { get; } = parameter;

    /// <summary>The inputs of the value. The result of a method is not an input, because the method may return anything.</summary>
    public static IEnumerable<RoomInput> In(IOperation value) => value switch
    {
        IConversionOperation conversion => In(conversion.Operand),
        IParenthesizedOperation parenthesized => In(parenthesized.Operand),
        IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().SelectMany(static part => In(part.Expression)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => In(sum.LeftOperand).Concat(In(sum.RightOperand)),
        ICoalesceOperation choice => In(choice.Value).Concat(In(choice.WhenNull)),
        IConditionalOperation { WhenFalse: { } otherwise } choice => In(choice.WhenTrue).Concat(In(otherwise)),
        ISwitchExpressionOperation choice => choice.Arms.SelectMany(static arm => In(arm.Value)),
        ICollectionExpressionOperation rooms => rooms.Elements.SelectMany(In),
        IArrayCreationOperation { Initializer: { } rooms } => rooms.ElementValues.SelectMany(In),
        { Type.SpecialType: SpecialType.System_String } when Root(value) is { } parameter => [new RoomInput(value, parameter)],
        _ => [],
    };

    public bool ComesFrom(IMethodSymbol function) => SymbolEqualityComparer.Default.Equals(Parameter.ContainingSymbol, function);

    /// <summary>Whether the length is limited: by an attribute, also of the contract's parameter, or by code that reads it.</summary>
    public bool IsBounded(IMethodSymbol function, BusSymbols symbols)
    {
        // The names that EventBus itself provides, such as the id of a socket, are short.
        var hasLimit = Operation is IPropertyReferenceOperation property
            ? HasLimit(property.Property) || symbols.Has(property.Property.ContainingType)
            : HasLimit(Parameter) || ContractParameters(function).Any(HasLimit);
        return hasLimit || IsMeasured();
    }

    private static bool HasLimit(ISymbol symbol) => Limits.Any(limit => symbol.HasAttribute(limit));

    private IEnumerable<ISymbol> ContractParameters(IMethodSymbol function)
    {
        var (type, ordinal) = (function.ContainingType, Parameter.Ordinal);
        return from contract in type.AllInterfaces
               where ContractEvents.IsContract(contract)
               from method in ContractEvents.DeclaredBy(contract)
               where SymbolEqualityComparer.Default.Equals(HandlerMethod.Find(type, method), function)
               select method.Parameters[ordinal];
    }

    private bool IsMeasured()
    {
        var text = Operation.Syntax.ToString();
        var root = Operation;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().OfType<IPropertyReferenceOperation>().Any(
            property => property is { Property.Name: "Length", Instance: { } instance } && Measured(instance).Syntax.ToString() == text);
    }

    // As input.Length, or as input is { Length: < 40 }.
    private static IOperation Measured(IOperation instance)
    {
        if (instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput })
            return instance;
        var pattern = instance;
        while (pattern.Parent is { } parent and not IIsPatternOperation)
            pattern = parent;
        return pattern.Parent is IIsPatternOperation test ? test.Value : instance;
    }

    private static IParameterSymbol? Root(IOperation value) => value switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter,
        IPropertyReferenceOperation { Instance: { } instance } => Root(instance),
        _ => null,
    };
}

using System.Globalization;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>A parameter's default value as source.</summary>
internal static class DefaultValue
{
    /// <summary>Null where the parameter has none (or one that C# has no constant for).</summary>
    public static string? Of(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is DateTime)
            return null;

        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null when parameter.Type.IsReferenceType => parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated ? "null!" : "null",
            null => type.Equals(parameter.Type, SymbolEqualityComparer.Default) ? "default" : "null",
            var value when type.TypeKind == TypeKind.Enum => OfEnum((INamedTypeSymbol)type, value),
            var value => Literal(value),
        };
    }

    private static string OfEnum(INamedTypeSymbol type, object value)
    {
        var member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && value.Equals(field.ConstantValue));
        return member is null || member.HasAttribute(KnownNames.ObsoleteAttribute) ? $"({TypeName.OfStrict(type)})({Literal(value)})" : $"{TypeName.OfStrict(type)}.{IdentifierScope.Escape(member.Name)}";
    }

    private static string Literal(object value) => value switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "U",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}

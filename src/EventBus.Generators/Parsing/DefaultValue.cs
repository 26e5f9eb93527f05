using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Writes a parameter's default value as source.</summary>
internal static class DefaultValue
{
    /// <summary>The default value; null if the parameter has none, or if C# has no constant for it.</summary>
    public static string? Of(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is DateTime)
            return null;

        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : parameter.Type;
        return parameter.ExplicitDefaultValue switch
        {
            null when parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } => "null!",
            null when parameter.Type.IsReferenceType => "null",
            null => type.Equals(parameter.Type, SymbolEqualityComparer.Default) ? "default" : "null",
            var value when type.TypeKind == TypeKind.Enum => OfEnum((INamedTypeSymbol)type, value),
            var value => Literal(value),
        };
    }

    private static string OfEnum(INamedTypeSymbol type, object value)
    {
        var name = TypeName.OfStrict(type);
        var fields = type.GetMembers().OfType<IFieldSymbol>();
        var member = fields.FirstOrDefault(field => field.HasConstantValue && value.Equals(field.ConstantValue));
        return member is null || SymbolMarks.Any(member)
            ? $"({name})({Literal(value)})"
            : $"{name}.{IdentifierScope.Escape(member.Name)}";
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

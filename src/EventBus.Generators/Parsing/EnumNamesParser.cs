using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns an enum whose members are given names into the model of these.</summary>
internal static class EnumNamesParser
{
    public static EnumNamesModel Parse(INamedTypeSymbol type, FormatterPlace place)
    {
        var values = new HashSet<object>();
        return new EnumNamesModel
        {
            HintName = place.HintName,
            Namespace = place.Namespace,
            FormatterName = place.Name,
            TypeName = TypeName.OfStrict(type),
            DisplayName = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsReferenceType = false,
            Names = EnumNames.Members(type)
                .Select(member => new EnumNameModel(Value(type, member), SymbolDisplay.FormatLiteral(EnumNames.Of(member), quote: true), !values.Add(member.ConstantValue!)))
                .ToEquatableArray(),
        };
    }

    // To name what is obsolete may be an error.
    private static string Value(INamedTypeSymbol type, IFieldSymbol member) => member.HasAttribute(KnownNames.ObsoleteAttribute)
        ? $"({TypeName.OfStrict(type)})({SymbolDisplay.FormatPrimitive(member.ConstantValue!, quoteStrings: true, useHexadecimalNumbers: false)})"
        : $"{TypeName.OfStrict(type)}.{IdentifierScope.Escape(member.Name)}";
}

using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns an enum whose members have names on the wire into the model of these names.</summary>
internal static class EnumNamesParser
{
    public static EnumNamesModel Parse(INamedTypeSymbol type, FormatterPlace place, FormatterComposer composer)
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
            SuppressedCodes = composer.Codes.ToModel(composer.Codes.HasErrors),
            NamingCodes = composer.CodesOfNaming(type),
            IsObsolete = composer.Codes.HasErrors,
            Names = EnumNames.Members(type)
                .Select(member => new EnumNameModel(Value(type, member), WireNameOf(member), !values.Add(member.ConstantValue!)))
                .ToEquatableArray(),
        };
    }

    private static string WireNameOf(IFieldSymbol member) => SymbolDisplay.FormatLiteral(EnumNames.Of(member), quote: true);

    // Naming an obsolete or experimental member may be an error.
    private static string Value(INamedTypeSymbol type, IFieldSymbol member)
    {
        var name = TypeName.OfStrict(type);
        var number = SymbolDisplay.FormatPrimitive(member.ConstantValue!, quoteStrings: true, useHexadecimalNumbers: false);
        return SymbolMarks.Any(member) ? $"({name})({number})" : $"{name}.{IdentifierScope.Escape(member.Name)}";
    }
}

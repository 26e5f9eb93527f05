using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a type that is one value on the wire into the model of its conversion.</summary>
internal static class SingleValueParser
{
    public static SingleValueModel Parse(TypeShape.SingleValue shape, string formatter, FormatterPlace place, FormatterComposer composer)
    {
        var type = TypeName.OfStrict(shape.Type);
        return new SingleValueModel
        {
            HintName = place.HintName,
            Namespace = place.Namespace,
            FormatterName = place.Name,
            TypeName = type,
            DisplayName = shape.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsReferenceType = shape.Type.IsReferenceType,
            SuppressedCodes = composer.Codes.ToModel(composer.Codes.HasErrors),
            NamingCodes = composer.CodesOfNaming(shape),
            IsObsolete = composer.Codes.HasErrors,
            ValueType = TypeName.OfStrict(shape.Value.Type),
            Formatter = formatter,
            Member = IdentifierScope.Escape(shape.Conversion.Member),
            Maker = shape.Conversion.Factory is { } factory ? $"{type}.{IdentifierScope.Escape(factory)}" : $"new {type}",
        };
    }

    /// <summary>Adds all symbols that the conversion names.</summary>
    public static void Collect(TypeShape.SingleValue shape, SuppressedCodes codes)
    {
        codes.Add(shape.Type);
        codes.Add(shape.Value.Type);
        foreach (var symbol in shape.Conversion.Symbols)
        {
            codes.AddMember(symbol);
            codes.AddMember((symbol as IPropertySymbol)?.GetMethod);
        }
    }
}

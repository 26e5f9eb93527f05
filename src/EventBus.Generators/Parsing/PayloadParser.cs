using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a class or struct into the model of its formatter.</summary>
internal static class PayloadParser
{
    // The names that the emitted Read has of its own.
    private static readonly string[] OwnNames = ["reader", "position", "members", "key", "initial", "result"];

    /// <summary>Null where the type, or one inside it, cannot be formatted.</summary>
    public static PayloadModel? Parse(INamedTypeSymbol type, PayloadShape shape, DiscriminatorModel? discriminator, FormatterPlace place, FormatterComposer composer)
    {
        if (shape.Problem is not null)
            return null;

        var scope = new IdentifierScope(OwnNames);
        var members = shape.Members.Select(member => Parse(member, scope, composer)).ToList();
        if (members.Any(static member => member is null))
            return null;

        var locals = shape.Members.Zip(members, static (member, model) => (member, model)).ToDictionary(
            static pair => pair.member, static pair => pair.model!.Local);
        return new PayloadModel
        {
            HintName = place.HintName,
            Namespace = place.Namespace,
            FormatterName = place.Name,
            Discriminator = discriminator,
            TypeName = TypeName.OfStrict(type),
            DisplayName = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsReferenceType = type.IsReferenceType,
            UsesObsolete = shape.Members.Select(static member => member.Symbol).Append(shape.Constructor!).Any(static used => used.HasAttribute(KnownNames.ObsoleteAttribute)),
            Members = members.Select(static member => member!).ToEquatableArray(),
            ConstructorArguments = shape.Constructor!.Parameters.Select(parameter => Argument(parameter, shape, locals)).ToEquatableArray(),
            CreatorParameters = shape.Constructing == Reach.Accessor
                ? shape.Constructor.Parameters.Select(static parameter => $"{TypeName.Of(parameter.Type)} {IdentifierScope.Escape(parameter.Name)}").ToEquatableArray()
                : null,
        };
    }

    private static string Argument(IParameterSymbol parameter, PayloadShape shape, Dictionary<PayloadMember, string> locals)
    {
        var member = shape.Members.First(member => SymbolEqualityComparer.Default.Equals(member.Parameter, parameter));

        // A member may be null although its parameter says otherwise: what was sent is read back.
        var forgives = PayloadPresence.IsNullable(member.Type) && parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
        return forgives ? $"{locals[member]}!" : locals[member];
    }

    private static PayloadMemberModel? Parse(PayloadMember member, IdentifierScope scope, FormatterComposer composer)
    {
        if (composer.TryCompose(member) is not { } formatter)
            return null;

        var presence = PayloadPresence.Of(member);
        return new PayloadMemberModel
        {
            Identifier = IdentifierScope.Escape(member.Symbol.Name),
            Local = scope.Declare(WireName.CamelCase(member.Symbol.Name)),
            SeenLocal = scope.Declare($"has{member.Symbol.Name}"),
            WireName = SymbolDisplay.FormatLiteral(member.WireName, quote: true),
            TypeName = TypeName.Of(member.Type),
            Formatter = formatter.Name,
            TakesNull = formatter.TakesNull,
            InitialValue = presence == MemberPresence.Defaulted && member.Parameter is { } parameter && DefaultValue.Of(parameter) is { } value ? value : NoValue(member.Type),
            Presence = presence,
            Omit = PayloadPresence.Omit(member),
            IsConstructorArgument = member.Parameter is not null,
            IsRequiredBySyntax = member.IsRequired,
            Getter = member.Getting == Reach.Accessor ? MemberAccessor.Getter(member) : null,
            Setter = member is { Setting: Reach.Accessor, Parameter: null } ? MemberAccessor.Setter(member) : null,
        };
    }

    private static string NoValue(ITypeSymbol type) => PayloadPresence.IsNullable(type) ? "null" : type.IsReferenceType ? "null!" : "default";
}

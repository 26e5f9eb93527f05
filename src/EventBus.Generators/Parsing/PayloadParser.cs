using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Forms;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a class or struct into the model of its formatter.</summary>
internal static class PayloadParser
{
    // The locals of the emitted Read itself.
    private static readonly string[] OwnNames = ["reader", "position", "members", "key", "initial", "result"];

    /// <summary>The model; null if the type, or a type inside it, cannot be formatted.</summary>
    public static PayloadModel? Parse(
        INamedTypeSymbol type, PayloadShape shape, DiscriminatorModel? discriminator, FormatterPlace place, FormatterComposer composer)
    {
        if (shape.Problem is not null)
            return null;

        var scope = new IdentifierScope(OwnNames);
        var members = shape.Members.Select(member => Parse(member, scope, composer)).ToList();
        if (members.Any(static member => member is null))
            return null;

        var locals = shape.Members.Zip(members, static (member, model) => (member, model))
            .ToDictionary(static pair => pair.member, static pair => pair.model!.Local);
        return new PayloadModel
        {
            HintName = place.HintName,
            Namespace = place.Namespace,
            FormatterName = place.Name,
            Discriminator = discriminator,
            TypeName = TypeName.OfStrict(type),
            DisplayName = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsReferenceType = type.IsReferenceType,
            SuppressedCodes = composer.Codes.ToModel(composer.Codes.HasErrors),
            NamingCodes = composer.CodesOfNaming(type),
            IsObsolete = composer.Codes.HasErrors,
            Members = members.Select(static member => member!).ToEquatableArray(),
            ConstructorArguments = shape.Constructor!.Parameters.Select(parameter => Argument(parameter, shape, locals)).ToEquatableArray(),
            CreatorParameters = shape.Constructing == Reach.Accessor
                ? shape.Constructor.Parameters.Select(CreatorParameter).ToEquatableArray()
                : null,
        };
    }

    /// <summary>Adds all symbols that the formatter names, apart from other emitted formatters.</summary>
    public static void Collect(INamedTypeSymbol type, PayloadShape shape, TypeShapeReader shapes, SuppressedCodes codes)
    {
        codes.Add(type);
        if (shape.Constructing == Reach.Direct)
            codes.AddMember(shape.Constructor);
        foreach (var member in shape.Members)
        {
            codes.Add(shapes.Read(member));
            Collect(member, member.Getting, member.Getter, codes);
            if (member.Parameter is null)
                Collect(member, member.Setting, member.Setter, codes);
        }
    }

    // An accessor names the type of the member, and the member itself only as a text.
    private static void Collect(PayloadMember member, Reach reach, IMethodSymbol? method, SuppressedCodes codes)
    {
        if (reach == Reach.Accessor)
        {
            codes.Add((method ?? member.Symbol).ContainingType);
            return;
        }

        codes.AddMember(member.Symbol);
        codes.AddMember(method);
    }

    private static string CreatorParameter(IParameterSymbol parameter) =>
        $"{TypeName.Of(parameter.Type)} {IdentifierScope.Escape(parameter.Name)}";

    private static string Argument(IParameterSymbol parameter, PayloadShape shape, Dictionary<PayloadMember, string> locals)
    {
        var member = shape.Members.First(member => SymbolEqualityComparer.Default.Equals(member.Parameter, parameter));

        // A nullable member may be null although its parameter is not nullable. The value that was sent is read back.
        var takesNull = !parameter.Type.IsReferenceType || PayloadPresence.IsNullable(parameter.Type);
        return PayloadPresence.IsNullable(member.Type) && !takesNull ? $"{locals[member]}!" : locals[member];
    }

    private static PayloadMemberModel? Parse(PayloadMember member, IdentifierScope scope, FormatterComposer composer)
    {
        var items = member.IsFilled ? composer.TryComposeItems(member) : null;
        if (composer.TryCompose(member) is not { } formatter || (member.IsFilled && items is null))
            return null;

        var presence = PayloadPresence.Of(member);
        var initialValue = presence == MemberPresence.Defaulted && member.Parameter is { } parameter ? DefaultValue.Of(parameter) : null;
        return new PayloadMemberModel
        {
            Identifier = IdentifierScope.Escape(member.Symbol.Name),
            Local = scope.Declare(WireName.CamelCase(member.Symbol.Name)),
            SeenLocal = scope.Declare($"has{member.Symbol.Name}"),
            WireName = SymbolDisplay.FormatLiteral(member.WireName, quote: true),
            ListedName = Listed(member),
            TypeName = TypeName.Of(member.Type),
            Formatter = formatter.Name,
            TakesNull = formatter.TakesNull,
            InitialValue = initialValue ?? NoValue(member.Type),
            Presence = presence,
            Omit = PayloadPresence.Omit(member),
            IsConstructorArgument = member.Parameter is not null,
            IsRequiredBySyntax = member.IsRequired,
            Getter = member.Getting == Reach.Accessor ? Getter(member) : null,
            Setter = member is { Setting: Reach.Accessor, Parameter: null } ? Setter(member) : null,
            Items = items,
        };
    }

    private static string Listed(PayloadMember member)
    {
        var literal = SymbolDisplay.FormatLiteral(MemberNames.Of(member.WireName), quote: true);
        return literal.Substring(1, literal.Length - 2);
    }

    private static string NoValue(ITypeSymbol type) =>
        PayloadPresence.IsNullable(type) ? "null" : type.IsReferenceType ? "null!" : "default";

    private static AccessorModel Getter(PayloadMember member) => member.Getter is { } getter
        ? Accessor(member, AccessorKind.Getter, "Get", getter)
        : Accessor(member, AccessorKind.Field, "Field", member.Symbol);

    private static AccessorModel Setter(PayloadMember member) => member.Setter is { } setter
        ? Accessor(member, AccessorKind.Setter, "Set", setter)
        : Accessor(member, AccessorKind.Field, "Field", member.Symbol);

    private static AccessorModel Accessor(PayloadMember member, AccessorKind kind, string prefix, ISymbol target) => new()
    {
        Kind = kind,
        Name = prefix + member.Symbol.Name,
        MetadataName = target.MetadataName,
        DeclaringType = TypeName.OfStrict(target.ContainingType),
        IsOfStruct = target.ContainingType.IsValueType,
        ValueType = TypeName.Of(member.Type),
    };
}

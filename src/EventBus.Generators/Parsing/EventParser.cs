using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns an event's method into its model.</summary>
internal static class EventParser
{
    public static EventModel Parse(IMethodSymbol method, INamedTypeSymbol contract, IdentifierScope structNames, FormatterComposer? composer)
    {
        var senderNames = new IdentifierScope(method.Parameters.Select(static parameter => parameter.Name));
        var isInherited = !SymbolEqualityComparer.Default.Equals(method.ContainingType, contract);
        return new EventModel
        {
            MethodName = IdentifierScope.Escape(method.Name),
            StructName = structNames.Declare($"{method.Name}Event"),
            WireName = SymbolDisplay.FormatLiteral(WireName.OfEvent(method), quote: true),
            DocumentationId = method.GetDocumentationCommentId() ?? method.Name,
            DeclaringType = isInherited ? TypeName.OfStrict(method.ContainingType) : null,
            Obsolete = Obsolete(method),
            Returns = method.ReturnsVoid ? EventReturn.Void : method.ReturnType.Name == nameof(EventReturn.Task) ? EventReturn.Task : EventReturn.ValueTask,
            Parameters = method.Parameters.Select(parameter => Parse(parameter, composer)).ToEquatableArray(),
            TargetParameter = senderNames.Declare("target"),
            CancellationParameter = senderNames.Declare("cancellationToken"),
        };
    }

    private static ParameterModel Parse(IParameterSymbol parameter, FormatterComposer? composer) => new()
    {
        Name = SymbolDisplay.FormatLiteral(parameter.Name, quote: true),
        Identifier = IdentifierScope.Escape(parameter.Name),
        Field = $"_{parameter.Name}",
        TypeName = TypeName.Of(parameter.Type),
        Formatter = composer?.TryCompose(parameter.Type),
        DefaultValue = DefaultValue.Of(parameter),
    };

    private static string? Obsolete(IMethodSymbol method) =>
        method.FindAttribute(KnownNames.ObsoleteAttribute) is { } attribute
            ? string.Join(", ", attribute.ConstructorArguments.Select(static argument => argument.ToCSharpString()))
            : null;
}

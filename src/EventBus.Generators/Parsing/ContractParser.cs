using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a contract into its model. Later steps see no symbols.</summary>
internal static class ContractParser
{
    /// <summary>
    /// The model of the contract; null if nothing can be rendered because no code can name the contract, or the version of C# is too old
    /// for senders.
    /// </summary>
    public static ContractModel? Parse(INamedTypeSymbol contract, TypeShapeReader shapes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mark = contract.FindAttribute(KnownNames.BroadcastEventAttribute)!;
        var cannotRender = LanguageChecks.IsTooOldForSenders(shapes.Compilation)
            || DeclarationChecks.FindUnreachable(contract).Any()
            || shapes.Aliased.WhyUnnameable(mark.AttributeClass!) is not null;
        if (cannotRender)
            return null;

        var isValid = ContractValidity.IsValid(contract, shapes);
        var composer = isValid ? new FormatterComposer(shapes, cancellationToken) : null;
        var bounds = isValid ? new TypeBounds(shapes) : null;
        var methods = isValid ? ContractEvents.Of(contract).ToList() : Declarable(contract, shapes);
        var parameterNames = methods.SelectMany(static method => method.Parameters).Select(static parameter => parameter.Name);
        var definitionNames = new IdentifierScope([.. methods.Select(static method => method.Name), .. parameterNames, "Define"]);
        var ns = contract.ContainingNamespace;
        return new ContractModel
        {
            HintName = $"{contract.GetFullMetadataName()}.g.cs",
            Namespace = ns.IsGlobalNamespace ? null : ns.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
            Accessibility = IsPublic(contract) ? "public" : "internal",
            TypeName = TypeName.OfStrict(contract),
            DocumentationId = contract.GetDocumentationCommentId() ?? contract.Name,
            SendersName = SendersName.Of(contract),
            BusNamespace = SymbolDisplay.FormatLiteral(BusNamespace.Of(contract), quote: true),
            IsValid = isValid,
            Events = methods.Select(method => EventParser.Parse(method, contract, definitionNames, composer, bounds)).ToEquatableArray(),
            BreaksCompliance = IsPublic(contract) && IsCompliant(contract.ContainingAssembly),
            SuppressedCodes = CodesOfNaming(contract),
            IsObsolete = SymbolMarks.IsObsolete(contract),
            Payloads = composer?.Payloads.ToEquatableArray() ?? EquatableArray<FormatterModel>.Empty,
        };
    }

    private static bool IsCompliant(IAssemblySymbol assembly) =>
        assembly.FindAttribute(KnownNames.CLSCompliantAttribute)?.FirstArgument() is true;

    private static EquatableArray<string> CodesOfNaming(INamedTypeSymbol contract)
    {
        var codes = new SuppressedCodes(contract.ContainingAssembly);
        codes.Add(contract);
        return codes.ToModel(SymbolMarks.IsObsolete(contract));
    }

    // For a contract that breaks a rule, all possible senders are declared, so that the compiler reports no errors of its own.
    private static List<IMethodSymbol> Declarable(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        [.. ContractEvents.Of(contract)
            .Where(method => CanBeDeclared(method, shapes))
            .GroupBy(NameChecks.SenderSignature)
            .Select(static group => group.First())];

    private static bool CanBeDeclared(IMethodSymbol method, TypeShapeReader shapes) =>
        method.Parameters.All(parameter => MemberChecks.PassingModifier(parameter) is null && CanBeNamed(parameter.Type, shapes))
        && (EventSignature.AckType(method) is not { } ack || CanBeNamed(ack, shapes));

    private static bool CanBeNamed(ITypeSymbol type, TypeShapeReader shapes) =>
        type.TypeKind is not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer)
        && !type.IsRefLikeType
        && shapes.Compilation.IsSymbolAccessibleWithin(type, shapes.Compilation.Assembly)
        && shapes.Aliased.WhyUnnameable(type) is null;

    private static bool IsPublic(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return true;
    }
}

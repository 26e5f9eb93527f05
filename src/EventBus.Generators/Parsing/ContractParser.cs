using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a marked interface into its finished model: from here on nobody sees a symbol.</summary>
internal static class ContractParser
{
    /// <summary>Null where nothing can be rendered: the contract cannot be named by other code.</summary>
    public static ContractModel? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellationToken)
    {
        var contract = (INamedTypeSymbol)target.TargetSymbol;
        if (ReachabilityCheck.Find(contract).Any() || !IsFirstMark(target, contract))
            return null;

        var compilation = target.SemanticModel.Compilation;
        var shapes = new TypeShapeReader(compilation);
        var isValid = ContractValidity.IsValid(contract, shapes);
        var composer = isValid ? new FormatterComposer(shapes, cancellationToken) : null;
        var bounds = isValid ? new TypeBounds(shapes) : null;
        var methods = isValid ? ContractEvents.Of(contract).ToList() : Declarable(contract, compilation);
        var definitionNames = new IdentifierScope(methods.SelectMany(static method => method.Parameters.Select(static parameter => parameter.Name).Prepend(method.Name)).Append("Register"));
        var sendersName = SendersName(contract, methods);
        return new ContractModel
        {
            HintName = $"{contract.GetFullMetadataName()}.g.cs",
            Namespace = contract.ContainingNamespace.IsGlobalNamespace ? null : contract.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
            Accessibility = IsPublic(contract) ? "public" : "internal",
            TypeName = TypeName.OfStrict(contract),
            DocumentationId = contract.GetDocumentationCommentId() ?? contract.Name,
            SendersName = sendersName,
            BusNamespace = SymbolDisplay.FormatLiteral(BusNamespaceCheck.NameOf(contract), quote: true),
            IsValid = isValid,
            Events = methods.Select(method => EventParser.Parse(method, contract, definitionNames, composer, bounds)).ToEquatableArray(),
            Payloads = composer?.Payloads.ToEquatableArray() ?? EquatableArray<FormatterModel>.Empty,
        };
    }

    // Two parts of a partial interface may both carry the attribute: that is the compiler's error, not a second contract.
    private static bool IsFirstMark(GeneratorAttributeSyntaxContext target, INamedTypeSymbol contract) =>
        contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == target.TargetNode.SyntaxTree
        && target.TargetNode.Span.Contains(first.Span);

    // Of a contract that breaks a rule, what could be sent all the same is declared, so that only the rule's error is shown.
    private static List<IMethodSymbol> Declarable(INamedTypeSymbol contract, Compilation compilation) =>
        [.. ContractEvents.Of(contract).Where(method => CanBeDeclared(method, compilation)).GroupBy(SenderClashCheck.SignatureOf).Select(static group => group.First())];

    private static bool CanBeDeclared(IMethodSymbol method, Compilation compilation) =>
        method.Parameters.All(parameter => ParameterPassingCheck.Modifier(parameter) is null && CanBeNamed(parameter.Type, compilation))
        && (AnswerType.Of(method) is not { } answer || CanBeNamed(answer, compilation));

    private static bool CanBeNamed(ITypeSymbol type, Compilation compilation) =>
        type.TypeKind is not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer)
        && !type.IsRefLikeType
        && compilation.IsSymbolAccessibleWithin(type, compilation.Assembly);

    private static bool IsPublic(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (type.DeclaredAccessibility != Accessibility.Public)
                return false;
        }

        return true;
    }

    /// <summary><c>IChatEvents</c> is sent by <c>ChatEventsSenders</c>.</summary>
    private static string SendersName(INamedTypeSymbol contract, IEnumerable<IMethodSymbol> methods)
    {
        var name = contract.Name.Length > 1 && contract.Name[0] == 'I' && char.IsUpper(contract.Name[1]) ? contract.Name.Substring(1) : contract.Name;
        for (var outer = contract.ContainingType; outer is not null; outer = outer.ContainingType)
            name = $"{outer.Name}_{name}";

        // A contract ChatEvents beside IChatEvents has another name, and so has one whose senders' name is taken.
        var taken = contract.ContainingNamespace.GetTypeMembers().Select(static type => type.Name).Concat(methods.Select(static method => method.Name)).ToList();
        var isSecond = contract.ContainingType is null && taken.Contains($"I{contract.Name}");
        return new IdentifierScope(taken).Declare(isSecond ? $"{name}_Senders" : $"{name}Senders");
    }
}

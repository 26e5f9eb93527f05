using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>The attributes by which a symbol causes a diagnostic if code names it: obsolete, experimental, or of a preview.</summary>
internal static class SymbolMarks
{
    /// <summary>The code for symbols of a preview.</summary>
    public const string PreviewCode = "CA2252";

    private static readonly string[] Known =
        [KnownNames.ObsoleteAttribute, KnownNames.ExperimentalAttribute, KnownNames.PreviewAttribute];

    public static IEnumerable<AttributeData> Of(ISymbol symbol) =>
        symbol.GetAttributes().Where(static attribute => attribute.AttributeClass is { } type && Known.Any(type.IsNamed));

    public static bool Any(ISymbol symbol) => Of(symbol).Any();

    /// <summary>Whether the type, or a type around it, is obsolete. Then it may name other obsolete symbols.</summary>
    public static bool IsObsolete(INamedTypeSymbol? type) =>
        type is not null && (Of(type).Any(IsObsolete) || IsObsolete(type.ContainingType));

    public static bool IsObsolete(AttributeData mark) => mark.AttributeClass!.IsNamed(KnownNames.ObsoleteAttribute);

    /// <summary>Whether only obsolete code may name the symbol, because no directive suppresses the diagnostic.</summary>
    public static bool IsError(AttributeData mark) =>
        IsObsolete(mark)
        && (Code(mark) is null || (HasText(mark) && mark.ConstructorArguments.ElementAtOrDefault(1).ValueOrNull() is true));

    /// <summary>The code of the diagnostic; null if a directive cannot name it.</summary>
    public static string? Code(AttributeData mark)
    {
        if (mark.AttributeClass!.IsNamed(KnownNames.PreviewAttribute))
            return PreviewCode;
        if (!IsObsolete(mark))
            return Valid(mark.FirstArgument());
        if (mark.FindNamed("DiagnosticId") is string { Length: > 0 } id)
            return Valid(id);
        return HasText(mark) ? "CS0618" : "CS0612";
    }

    /// <summary>The attribute as source, for generated code that takes the place of the symbol.</summary>
    public static string Source(AttributeData mark)
    {
        var arguments = mark.ConstructorArguments.Select(static argument => argument.ToCSharpString())
            .Concat(mark.NamedArguments.Select(static argument => $"{argument.Key} = {argument.Value.ToCSharpString()}"))
            .ToList();
        var name = TypeName.OfStrict(mark.AttributeClass!);
        name = name.Substring(0, name.Length - nameof(Attribute).Length);
        return arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
    }

    // The compiler reports an obsolete symbol without a text as a warning, even if 'error' is true.
    private static bool HasText(AttributeData mark) => mark.FirstArgument() is string;

    private static string? Valid(object? code) => code is string text && SyntaxFacts.IsValidIdentifier(text) ? text : null;
}

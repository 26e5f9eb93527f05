using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The value of a type with <c>[StronglyTypedId]</c>. The template in the attribute gives the type of the value, because the members are
/// the output of another source generator, which this one does not see: the property <c>Value</c> and the constructor.
/// </summary>
internal static class StronglyTypedIdValue
{
    private const string Attribute = "StronglyTypedIds.StronglyTypedIdAttribute";
    private const string Defaults = "StronglyTypedIds.StronglyTypedIdDefaultsAttribute";

    // The attribute is conditional: it is in an assembly only if its project defines this symbol.
    private const string Condition = "STRONGLY_TYPED_ID_USAGES";

    private static readonly Dictionary<string, string> Templates = new()
    {
        ["Guid"] = "System.Guid",
        ["Int"] = "System.Int32",
        ["Long"] = "System.Int64",
        ["String"] = "System.String",
    };

    /// <summary>Null if the type has no such attribute.</summary>
    public static SingleValueResult? Find(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.FindAttribute(Attribute) is not { } attribute || !IsKnown(attribute, type, compilation.Assembly))
            return null;

        var template = Template(attribute) ?? Template(type.ContainingAssembly.FindAttribute(Defaults)) ?? "Guid";
        return Templates.TryGetValue(template, out var name) && compilation.GetTypeByMetadataName(name) is { } value
            ? SingleValueResult.Of(new SingleValue(value, "Value", null))
            : SingleValueResult.Of($"the type of its value is not known from the template '{template}' of its [StronglyTypedId]; "
                + "add a [Formatter]");
    }

    /// <summary>
    /// The problem of a type of another assembly that does not contain the attribute; null if it is no such type. The attribute of the
    /// generated JSON converter shows it.
    /// </summary>
    public static SingleValueResult? WhyUnknown(INamedTypeSymbol type, IAssemblySymbol own)
    {
        if (!type.IsValueType || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own))
            return null;
        var converter = type.FindAttribute(KnownNames.JsonConverterAttribute)?.FirstArgument() as ITypeSymbol;
        var isInside = SymbolEqualityComparer.Default.Equals(converter?.ContainingType, type);
        if (!isInside || converter!.Name != $"{type.Name}SystemTextJsonConverter")
            return null;
        var name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return SingleValueResult.Of("its assembly does not contain the attribute of its source generator; add "
            + $"[assembly: SingleValue(typeof({name}))] here or in its project, or a [Formatter]");
    }

    // An editor shows the attribute in the source of another project, but a build does not show it in its assembly.
    private static bool IsKnown(AttributeData attribute, INamedTypeSymbol type, IAssemblySymbol own) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own)
        || attribute.ApplicationSyntaxReference?.SyntaxTree.Options.PreprocessorSymbolNames.Contains(Condition) is not false;

    /// <summary>The name of the template that is built in, or of the first other one; null if the attribute names none.</summary>
    private static string? Template(AttributeData? attribute)
    {
        var arguments = (attribute?.ConstructorArguments ?? [])
            .SelectMany(static argument => argument.Kind == TypedConstantKind.Array ? argument.Values : [argument])
            .ToList();
        var builtIn = arguments.Where(static argument => argument.Kind == TypedConstantKind.Enum).Select(Name).FirstOrDefault();
        var others = arguments.Select(static argument => argument.ValueOrNull()).OfType<string>();
        return builtIn is "Default" ? null : builtIn ?? others.FirstOrDefault();
    }

    private static string? Name(TypedConstant value) => value.Type?.GetMembers().OfType<IFieldSymbol>()
        .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value.Value))?.Name;
}

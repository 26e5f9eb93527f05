using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>
/// EVB1028: a [Formatter] or [SingleValue] is the only one for its type, and names that type on an assembly, but nowhere else.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisappliedFormatterAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.MisappliedFormatter)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var (attribute, problem) in FindOnDeclaration(symbol.Symbol))
                    symbol.ReportDiagnostic(Describe(attribute, problem));
            },
            SymbolKind.NamedType,
            SymbolKind.Property,
            SymbolKind.Field,
            SymbolKind.Parameter);

        // Attributes of the assembly may be in any file. Each file reports its own.
        context.RegisterSemanticModelAction(file =>
        {
            var tree = file.SemanticModel.SyntaxTree;
            if (tree.GetRoot(file.CancellationToken) is not CompilationUnitSyntax { AttributeLists.Count: > 0 })
                return;
            foreach (var (attribute, problem) in FindOnAssembly(file.SemanticModel.Compilation.Assembly))
            {
                if (attribute.ApplicationSyntaxReference?.SyntaxTree == tree)
                    file.ReportDiagnostic(Describe(attribute, problem));
            }
        });
    }

    private Diagnostic Describe(AttributeData attribute, string problem) =>
        Diagnostic.Create(
            Rule,
            attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation(),
            attribute.AttributeClass!.Name.Replace(nameof(Attribute), ""),
            problem);

    private static IEnumerable<(AttributeData Attribute, string Problem)> FindOnDeclaration(ISymbol declaration)
    {
        var formatters = declaration.GetAttributes().Where(FormatterScope.IsFormatter);
        var marks = declaration.GetAttributes().Where(SingleValueMark.Is);
        return FindOnDeclaration(declaration, formatters, static attribute => FormatterScope.Read(attribute).Type)
            .Concat(FindOnDeclaration(declaration, marks, SingleValueMark.Named));
    }

    private static IEnumerable<(AttributeData Attribute, string Problem)> FindOnDeclaration(
        ISymbol declaration, IEnumerable<AttributeData> attributes, Func<AttributeData, ITypeSymbol?> named)
    {
        var isFirst = true;
        foreach (var attribute in attributes)
        {
            if (named(attribute) is { } type)
                yield return (attribute, $"names the type '{Display(type)}', but is not on the assembly; remove the first argument");
            else if (!isFirst)
                yield return (attribute, $"is not the only one of '{declaration.Name}'; remove one of them");
            isFirst = false;
        }
    }

    private static IEnumerable<(AttributeData Attribute, string Problem)> FindOnAssembly(IAssemblySymbol assembly) =>
        FindOnAssembly(FormatterScope.Attributes(assembly), static attribute => FormatterScope.Read(attribute).Type)
            .Concat(FindOnAssembly(assembly.GetAttributes().Where(SingleValueMark.Is), SingleValueMark.Named));

    private static IEnumerable<(AttributeData Attribute, string Problem)> FindOnAssembly(
        IEnumerable<AttributeData> attributes, Func<AttributeData, ITypeSymbol?> named)
    {
        var all = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var attribute in attributes)
        {
            switch (named(attribute))
            {
                case null when attribute.ConstructorArguments.All(static argument => argument.Kind != TypedConstantKind.Error):
                    yield return (attribute, "is on the assembly, but names no type; add the type as the first argument");
                    break;
                case INamedTypeSymbol { IsUnboundGenericType: true } type:
                    yield return (attribute, $"names '{Display(type)}' without type arguments; add an attribute for each closed type");
                    break;
                case { } type when !all.Add(type):
                    yield return (attribute, $"is not the only one of the assembly for '{Display(type)}'; remove one of them");
                    break;
            }
        }
    }

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}

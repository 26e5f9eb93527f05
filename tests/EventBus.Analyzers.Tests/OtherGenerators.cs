using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.Tests;

/// <summary>Writes one file, whatever the project contains. The generator of EventBus does not see it.</summary>
internal sealed class FileGenerator(string text) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, (output, _) => output.AddSource("Other.g.cs", text));
}

/// <summary>Writes the property for a field with <c>[ObservableProperty]</c>, as the generator of the MVVM toolkit does.</summary>
internal sealed class ObservablePropertyGenerator : IIncrementalGenerator
{
    private const string AttributeName = "CommunityToolkit.Mvvm.ComponentModel.ObservablePropertyAttribute";

    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName(
            AttributeName,
            static (node, _) => node is VariableDeclaratorSyntax,
            static (target, _) => Property((IFieldSymbol)target.TargetSymbol)),
        static (output, property) => output.AddSource($"{property.Name}.g.cs", property.Source));

    private static (string Name, string Source) Property(IFieldSymbol field)
    {
        var name = $"{char.ToUpperInvariant(field.Name[1])}{field.Name[2..]}";
        var type = field.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return (
            $"{field.ContainingType.Name}.{name}",
            $$"""
            partial class {{field.ContainingType.Name}}
            {
                public {{type}} {{name}} { get => {{field.Name}}; set => {{field.Name}} = value; }
            }
            """);
    }
}

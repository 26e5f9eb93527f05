using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Benchmarks.Typing;

/// <summary>A project of contracts with five events each, and a file that is edited.</summary>
internal sealed class Project
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp13);

    private readonly CSharpCompilation _contracts;

    public Project(int contracts) => _contracts = CSharpCompilation.Create(
        "Bench",
        Enumerable.Range(1, contracts).Select(Contract).Prepend(
            "global using System; global using System.Collections.Generic; global using System.Threading.Tasks; global using EventBus;")
            .Select(static (text, index) => CSharpSyntaxTree.ParseText(text, Options, $"File{index}.cs")),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name is "EventBus.dll" || name.StartsWith("System.", StringComparison.Ordinal)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Options);

    /// <summary>The project after an edit of a body.</summary>
    public CSharpCompilation WithBody(int value) => With($"public static class Elsewhere {{ public static int Value() => {value}; }}");

    /// <summary>The project after an edit of a declaration that no contract uses.</summary>
    public CSharpCompilation WithDeclaration(int value) => With($"public static class Elsewhere {{ public const int Value = {value}; }}");

    private CSharpCompilation With(string text) => _contracts.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, Options, "Elsewhere.cs"));

    private static string Contract(int number) => $$"""
        namespace Bench;

        [BroadcastEvent(Namespace = "/n{{number % 10}}")]
        public interface ISubject{{number}}Events
        {
            void Touched(DateTimeOffset at);
            ValueTask Changed(Subject{{number}} subject, string by);
            Task Renamed(Guid id, string from, string to);
            ValueTask Pictured(Guid id, ReadOnlyMemory<byte> jpeg, int width, int height);
            ValueTask Counted(IReadOnlyDictionary<string, int> byName, IReadOnlyList<Part{{number}}> parts, double? average);
        }

        public sealed record Subject{{number}}(
            Guid Id, string Name, decimal Price, IReadOnlyList<Part{{number}}> Parts, DateTimeOffset? Since);

        public readonly record struct Part{{number}}(int Number, string? Label);
        """;
}

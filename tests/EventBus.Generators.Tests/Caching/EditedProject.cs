using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

/// <summary>
/// A project whose files have holes. Each hole has several texts, and an edit puts another text into one of them, or changes the project:
/// its files, options or references.
/// </summary>
internal sealed partial class EditedProject
{
    private readonly Random _random;
    private readonly List<Dictionary<int, int>> _choices = [];
    private readonly List<int> _files = [];
    private CSharpCompilation _compilation;

    public EditedProject(int seed)
    {
        _random = new Random(seed);
        for (var file = 0; file < EditedTexts.Templates.Length; file++)
        {
            _files.Add(file);
            _choices.Add([]);
        }

        _compilation = GeneratorRun.Compile().RemoveAllSyntaxTrees().AddSyntaxTrees(_files.Select(Parse));
    }

    public CSharpCompilation Compilation => _compilation;

    /// <summary>Makes a random edit.</summary>
    /// <returns>A description of the edit.</returns>
    public string Edit() => _random.Next(20) switch
    {
        0 => EditProject(),
        < 4 => EditTrivia(),
        _ => EditHole(),
    };

    private string EditHole()
    {
        var file = _files[_random.Next(_files.Count)];
        var holes = Hole().Matches(EditedTexts.Templates[file]);
        var hole = _random.Next(holes.Count);
        var name = holes[hole].Groups["name"].Value;
        var texts = EditedTexts.Texts[name];
        var old = texts[_choices[file].GetValueOrDefault(hole)];
        _choices[file][hole] = _random.Next(texts.Length);
        var text = texts[_choices[file][hole]];
        Replace(file);
        return $"{name}: '{old}' to '{text}'";
    }

    private string EditTrivia()
    {
        var file = _files[_random.Next(_files.Count)];
        var tree = Tree(file);
        var text = tree.ToString();
        var places = Space().Matches(text);
        var place = places[_random.Next(places.Count)].Index;
        Replace(tree, text.Insert(place, _random.Next(2) == 0 ? "  " : "\n"));
        return "white space";
    }

    private string EditProject()
    {
        switch (_random.Next(6))
        {
            case 0:
                var nullable = (NullableContextOptions)_random.Next(4);
                _compilation = _compilation.WithOptions(_compilation.Options.WithNullableContextOptions(nullable));
                return $"nullable {nullable}";
            case 1:
                _compilation = _compilation.WithAssemblyName($"Shop{_random.Next(3)}");
                return "assembly name";
            case 2:
                var symbols = _random.Next(2) == 0 ? new[] { "EXTRA" } : [];
                ParseAll(GeneratorRun.ParseOptions.WithPreprocessorSymbols(symbols));
                return "symbols";
            case 3:
                var language = _random.Next(2) == 0 ? LanguageVersion.CSharp13 : LanguageVersion.Preview;
                ParseAll(GeneratorRun.ParseOptions.WithLanguageVersion(language));
                return $"language {language}";
            case 4:
                var bus = _compilation.References.Single(
                    static reference => reference.Display!.EndsWith("EventBus.dll", StringComparison.Ordinal));
                var aliases = _random.Next(2) == 0 ? new[] { "bus", "global" } : ["global"];
                _compilation = _compilation.ReplaceReference(bus, bus.WithAliases(aliases));
                return "alias";
            default:
                return MoveFile();
        }
    }

    private string MoveFile()
    {
        var file = _files[_random.Next(_files.Count)];
        var tree = Tree(file);
        _compilation = _compilation.RemoveSyntaxTrees(tree).AddSyntaxTrees(tree);
        return "order of files";
    }

    private SyntaxTree Tree(int file) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == Path(file));

    private static string Path(int file) => $"File{file}.cs";

    private void Replace(int file)
    {
        var old = Tree(file);
        Replace(old, Text(file));
    }

    private void Replace(SyntaxTree old, string text) => _compilation = _compilation.ReplaceSyntaxTree(
        old, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath));

    // All files of a compilation have the same version of C#.
    private void ParseAll(CSharpParseOptions options)
    {
        var trees = _compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.ToString(), options, tree.FilePath)).ToList();
        _compilation = _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    private SyntaxTree Parse(int file) => CSharpSyntaxTree.ParseText(Text(file), GeneratorRun.ParseOptions, Path(file));

    private string Text(int file)
    {
        var index = 0;
        return Hole().Replace(
            EditedTexts.Templates[file], hole => EditedTexts.Texts[hole.Groups["name"].Value][_choices[file].GetValueOrDefault(index++)]);
    }

    [GeneratedRegex("«(?<name>[a-zA-Z]+)»")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=\s)(?=[\w{}])")]
    private static partial Regex Space();
}

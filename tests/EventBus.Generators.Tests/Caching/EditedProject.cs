using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

/// <summary>A project that is edited at random: a hole of a file, white space, the files, the options or the references.</summary>
internal sealed class EditedProject
{
    private readonly Random _random;
    private readonly List<EditedFile> _files;

    // The last file is all that a second project has, to which this one refers.
    private readonly EditedFile _libraryFile;
    private readonly MetadataReference _bus;
    private CSharpCompilation _library;

    public EditedProject(int seed)
    {
        _random = new Random(seed);
        _files = [.. EditedTexts.Templates.Select(static (_, number) => new EditedFile(number))];
        _libraryFile = _files[^1];

        var empty = GeneratorRun.Compile().RemoveAllSyntaxTrees();
        _bus = empty.References.Single(static reference => reference.Display!.EndsWith("EventBus.dll", StringComparison.Ordinal));
        _library = empty.WithAssemblyName("Library").AddSyntaxTrees(_libraryFile.Parse(ParseOptions));
        Compilation = empty
            .AddSyntaxTrees([.. _files.SkipLast(1).Select(file => file.Parse(ParseOptions))])
            .AddReferences(_library.ToMetadataReference());
    }

    public CSharpCompilation Compilation { get; private set; }

    public CSharpParseOptions ParseOptions { get; private set; } = GeneratorRun.ParseOptions;

    private MetadataReference? Bus => Compilation.References.SingleOrDefault(reference => reference.Display == _bus.Display);

    /// <summary>Makes a random edit.</summary>
    /// <returns>A description of the edit, and whether nothing but a body or a comment was edited.</returns>
    public (string Name, bool IsBody) Edit() => _random.Next(20) switch
    {
        < 5 when Bus is null || _files.Any(file => Find(file) is null) => (Restore(), false),
        0 => (EditOptions(), false),
        1 => (EditReferences(), false),
        2 => (EditFiles(), false),
        < 5 => (EditTrivia(), false),
        _ => EditHole(),
    };

    private (string Name, bool IsBody) EditHole()
    {
        var file = Pick();
        var (after, name, isBody) = file.Edit(_random, Find(file)!);
        Replace(file, after);
        return (name, isBody);
    }

    private string EditTrivia()
    {
        var file = Pick();
        Replace(file, EditedFile.EditTrivia(_random, Find(file)!));
        return "white space";
    }

    private string EditOptions()
    {
        switch (_random.Next(4))
        {
            case 0:
                var nullable = (NullableContextOptions)_random.Next(4);
                Compilation = Compilation.WithOptions(Compilation.Options.WithNullableContextOptions(nullable));
                return $"nullable {nullable}";
            case 1:
                Compilation = Compilation.WithAssemblyName($"Shop{_random.Next(3)}");
                return "assembly name";
            case 2:
                ParseAll(GeneratorRun.ParseOptions.WithPreprocessorSymbols(_random.Next(2) == 0 ? new[] { "EXTRA" } : []));
                return "symbols";
            default:
                var language = _random.Next(2) == 0 ? LanguageVersion.CSharp13 : LanguageVersion.Preview;
                ParseAll(GeneratorRun.ParseOptions.WithLanguageVersion(language));
                return $"language {language}";
        }
    }

    private string EditReferences()
    {
        if (Bus is not { } bus)
            return "nothing";
        if (_random.Next(3) == 0)
        {
            Compilation = Compilation.RemoveReferences(bus);
            return "reference removed";
        }

        Replace(bus, _bus.WithAliases(_random.Next(2) == 0 ? ["bus", "global"] : ["global"]));
        return "alias";
    }

    private string EditFiles()
    {
        var file = _files[_random.Next(_files.Count - 1)];
        if (Find(file) is not { } tree)
            return "nothing";
        Compilation = Compilation.RemoveSyntaxTrees(tree);
        if (_random.Next(2) == 0)
            return $"{file.Path} removed";
        Compilation = Compilation.AddSyntaxTrees(tree);
        return "order of files";
    }

    private string Restore()
    {
        Compilation = Bus is null ? Compilation.AddReferences(_bus) : Compilation;
        Compilation = Compilation.AddSyntaxTrees(
            [.. _files.Where(file => Find(file) is null).Select(file => file.Parse(ParseOptions))]);
        return "files and references restored";
    }

    private EditedFile Pick()
    {
        var files = _files.Where(file => Find(file) is not null).ToList();
        return files[_random.Next(files.Count)];
    }

    private SyntaxTree? Find(EditedFile file) =>
        (file == _libraryFile ? _library : Compilation).SyntaxTrees.SingleOrDefault(tree => tree.FilePath == file.Path);

    private void Replace(EditedFile file, SyntaxTree tree)
    {
        if (file == _libraryFile)
            ReplaceLibrary(_library.ReplaceSyntaxTree(Find(file)!, tree));
        else
            Compilation = Compilation.ReplaceSyntaxTree(Find(file)!, tree);
    }

    private void ReplaceLibrary(CSharpCompilation library)
    {
        _library = library;
        Replace(Compilation.References.OfType<CompilationReference>().Single(), library.ToMetadataReference());
    }

    // Keeps the order of the references, unlike ReplaceReference of the compilation.
    private void Replace(MetadataReference old, MetadataReference reference) => Compilation =
        Compilation.WithReferences([.. Compilation.References.Select(other => other == old ? reference : other)]);

    // All files of a compilation have the same version of C#.
    private void ParseAll(CSharpParseOptions options)
    {
        ParseOptions = options;
        Compilation = ParseAll(Compilation);
        ReplaceLibrary(ParseAll(_library));
    }

    // AddSyntaxTrees takes a list, because it enumerates its argument more than once.
    private CSharpCompilation ParseAll(CSharpCompilation compilation) => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(
        [.. compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.ToString(), ParseOptions, tree.FilePath))]);
}

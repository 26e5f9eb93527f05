using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

/// <summary>A file with holes. Each hole has one of several texts, and an edit puts another one into it.</summary>
internal sealed partial class EditedFile(int number)
{
    // The holes in bodies and comments. Their texts declare nothing if they leave no syntax error.
    private static readonly HashSet<string> BodyHoles = ["body", "statements", "fieldValue", "doc"];

    private readonly string _template = EditedTexts.Templates[number];
    private readonly Dictionary<int, int> _choices = [];

    public string Path { get; } = $"File{number}.cs";

    public SyntaxTree Parse(CSharpParseOptions options) => CSharpSyntaxTree.ParseText(Text(), options, Path);

    /// <summary>Puts a random text into a random hole.</summary>
    /// <param name="random">The source of random numbers.</param>
    /// <param name="before">The present tree.</param>
    /// <returns>The new tree, a description, and whether nothing but a body or a comment differs.</returns>
    public (SyntaxTree After, string Name, bool IsBody) Edit(Random random, SyntaxTree before)
    {
        // White space that was edited before is restored. It may be in a directive.
        var isExact = before.ToString() == Text();
        var holes = Hole().Matches(_template);
        var hole = random.Next(holes.Count);
        var name = holes[hole].Groups["name"].Value;
        var texts = EditedTexts.Texts[name];
        var old = texts[_choices.GetValueOrDefault(hole)];

        // The first text is right C# in most places, so a broken file is repaired soon.
        _choices[hole] = random.Next(3) == 0 ? 0 : random.Next(texts.Length);
        var text = texts[_choices[hole]];
        var after = Parse((CSharpParseOptions)before.Options);

        // An arrow instead of a block is another declaration.
        var isBody = BodyHoles.Contains(name) && isExact && !before.GetDiagnostics().Any() && !after.GetDiagnostics().Any()
            && old.StartsWith("=>", StringComparison.Ordinal) == text.StartsWith("=>", StringComparison.Ordinal);
        return (after, $"{name}: '{old}' to '{text}'", isBody);
    }

    /// <summary>Adds white space at a random place.</summary>
    public static SyntaxTree EditTrivia(Random random, SyntaxTree before)
    {
        var text = before.ToString();
        var places = Space().Matches(text);
        text = text.Insert(places[random.Next(places.Count)].Index, random.Next(2) == 0 ? "  " : "\n");
        return CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)before.Options, before.FilePath);
    }

    private string Text()
    {
        var index = 0;
        return Hole().Replace(
            _template, hole => EditedTexts.Texts[hole.Groups["name"].Value][_choices.GetValueOrDefault(index++)]);
    }

    [GeneratedRegex("«(?<name>[a-zA-Z]+)»")]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<=\s)(?=[\w{}])")]
    private static partial Regex Space();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

/// <summary>Runs the generator, edits the source and runs it again, to see which steps run anew.</summary>
internal sealed class IncrementalRun
{
    private readonly GeneratorRunResult _second;

    private IncrementalRun(GeneratorRunResult first, GeneratorRunResult second)
    {
        First = first;
        _second = second;
    }

    public GeneratorRunResult First { get; }

    /// <summary>How many files the last step rendered in the second run.</summary>
    public int RenderedFiles => _second.TrackedOutputSteps.Values
        .SelectMany(static steps => steps)
        .SelectMany(static step => step.Outputs)
        .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    /// <summary>The files of the second run that are not those of the first.</summary>
    public IEnumerable<string> Changed => _second.GeneratedSources
        .Where(file => !First.GeneratedSources.Any(old => old.HintName == file.HintName && old.SourceText.ContentEquals(file.SourceText)))
        .Select(static file => file.HintName);

    /// <summary>Whether the contracts were parsed in the second run: then they are another object.</summary>
    public bool HasParsed => !ReferenceEquals(ParsedBy(First), ParsedBy(_second));

    /// <summary>The object with all parsed contracts.</summary>
    public static object ParsedBy(GeneratorRunResult run) =>
        Assert.Single(Assert.Single(run.TrackedSteps[TrackingNames.ParsedContracts]).Outputs).Value;

    public static IncrementalRun Of(string[] sources, Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var compilation = GeneratorRun.Compile(sources);
        var driver = GeneratorRun.Driver().RunGenerators(compilation);
        var first = driver.GetRunResult().Results.Single();
        var second = driver.RunGenerators(edit(compilation)).GetRunResult().Results.Single();
        Assert.Null(first.Exception);
        Assert.Null(second.Exception);
        return new IncrementalRun(first, second);
    }

    /// <summary>The reason of each output of a step in the second run.</summary>
    public IEnumerable<IncrementalStepRunReason> Reasons(string trackingName) =>
        _second.TrackedSteps.TryGetValue(trackingName, out var steps)
            ? steps.SelectMany(static step => step.Outputs).Select(static output => output.Reason)
            : [];
}

using System.Globalization;
using EventBus.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Caching;

/// <summary>
/// After each of many random edits, a driver that has seen all earlier ones emits the same as a new one. If the digest of a file left out a
/// declaration, there would be a difference. An edit of a body parses nothing.
/// </summary>
public sealed class DifferentialTests
{
    /// <summary>The number of edits for each seed; a variable of the environment sets another one.</summary>
    private static readonly int Edits =
        int.Parse(Environment.GetEnvironmentVariable("EVENTBUS_TYPING_EDITS") ?? "100", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Edited_project_emits_the_same_as_a_new_one(int seed)
    {
        var project = new EditedProject(seed);
        var driver = Run(GeneratorRun.AllGenerators(tracksSteps: true), project);

        // If the steps are not tracked, the driver takes other ways.
        var untracked = Run(GeneratorRun.AllGenerators(), project);
        var (bodies, emitted, history) = (0, new HashSet<string>(), new List<string>());
        for (var edit = 0; edit < Edits; edit++)
        {
            var (parsed, before) = (Parsed(driver), project.Compilation);
            var (name, isBody) = project.Edit();
            history.Add(name);
            driver = Run(driver, project);
            untracked = Run(untracked, project);

            var files = Files(Run(GeneratorRun.AllGenerators(), project));
            Assert.All([driver, untracked], edited => Assert.True(
                files == Files(edited),
                $"Edit {edit} of seed {seed} is not seen: {string.Join("; then ", history.TakeLast(5))}\n"
                + Difference(files, Files(edited))));
            emitted.Add(files);
            var isParsed = parsed != Parsed(driver);
            Assert.Equal(isParsed, !DeclarationSnapshot.Of(before).Equals(DeclarationSnapshot.Of(project.Compilation)));
            GC.KeepAlive(before);
            Assert.False(isBody && isParsed, $"Edit {edit} of seed {seed} is in a body, but parses: {name}");
            bodies += isBody ? 1 : 0;
        }

        // The edits reach something: the emitted files differ, and many edits are in bodies.
        Assert.InRange(emitted.Count, Edits / 16, Edits);
        Assert.InRange(bodies, Edits / 50, Edits);
    }

    private static GeneratorDriver Run(GeneratorDriver driver, EditedProject project) => driver
        .WithUpdatedParseOptions(project.ParseOptions)
        .RunGenerators(project.Compilation, TestContext.Current.CancellationToken);

    private static object Parsed(GeneratorDriver driver) =>
        IncrementalRun.ParsedBy(driver.GetRunResult().Results.Single(
            static result => result.Generator.GetGeneratorType() == typeof(EventContractGenerator)));

    private static string Files(GeneratorDriver driver)
    {
        var results = driver.GetRunResult().Results;
        Assert.All(results, static result => Assert.Null(result.Exception));
        return string.Join(
            "\n",
            results.SelectMany(static result => result.GeneratedSources)
                .OrderBy(static file => file.HintName, StringComparer.Ordinal)
                .Select(static file => $"// {file.HintName}\n{file.SourceText}"));
    }

    private static string Difference(string expected, string actual) => string.Join(
        "\n",
        expected.Split('\n').Except(actual.Split('\n')).Select(static line => $"missing: {line}")
            .Concat(actual.Split('\n').Except(expected.Split('\n')).Select(static line => $"unexpected: {line}")));
}

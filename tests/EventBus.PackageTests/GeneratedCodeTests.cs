using System.Text;
using System.Text.RegularExpressions;

namespace EventBus.PackageTests;

/// <summary>Builds of projects with unusual contracts and references: the tests of the generator write no files.</summary>
public sealed partial class GeneratedCodeTests(PackedFixture packed)
{
    private const string Reference = "<PackageReference Include=\"EventBus.Postgres\"";

    private const string Demanding = """
        using System.Diagnostics.CodeAnalysis;
        using System.Runtime.Versioning;
        using EventBus;

        [assembly: CLSCompliant(true)]

        namespace Contoso.Enterprise.Fulfilment.Warehouse.Contracts.Integration.Events;

        public record SearchResult<TItem, TCursor, TFacet>(IReadOnlyList<TItem> Items, TCursor Cursor, TFacet Facet);

        public record WarehouseReservationLine(int Id);

        public record WarehouseReservationCursor(int Id);

        [Experimental("ACME001")]
        public record Draft(int Id);

        [RequiresPreviewFeatures]
        public record Preview(int Id);

        [Obsolete("gone", true)]
        public record Gone(int Id);

        #pragma warning disable ACME001, CA2252
        [BroadcastEvent]
        public interface IFulfilmentEvents
        {
            ValueTask Found(SearchResult<WarehouseReservationLine, WarehouseReservationCursor?, WarehouseReservationLine?> result);
            Task<int> Saved(Draft draft, Preview preview);
            [Obsolete("later")] ValueTask Left(Gone gone);
        }

        public static class Outer
        {
            [BroadcastEvent]
            public interface ITest
            {
                void Nested();
            }
        }

        [BroadcastEvent]
        public interface IOuter_Test
        {
            void Flat();
        }
        """;

    // TypeScript makes the compiler write the files, too.
    [Theory]
    [InlineData("EmitCompilerGeneratedFiles=true")]
    [InlineData("EventBusTypeScriptOutput=web/events.d.ts")]
    public async Task Generated_code_of_demanding_contracts_builds_without_warnings(string emission)
    {
        using var project = ConsumerProject.Create(packed);
        project.Write("IFulfilmentEvents.cs", Demanding);
        project.Replace("Consumer.csproj", Reference, $"{Reference} Aliases=\"global,bus\"");

        var build = await project.BuildAsync(emission, "TreatWarningsAsErrors=true");

        Assert.Contains("0 Warning(s)", build.Succeeded(), StringComparison.Ordinal);
        var names = project.Find("*.g.cs", "EventBus.Generators.EventContractGenerator").ToList();
        Assert.Contains(names, static name => name.StartsWith("EventBus.Generated.Contoso.", StringComparison.Ordinal));
        Assert.All(names, static name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 120));
    }

    [Fact]
    public async Task Old_version_of_the_language_is_the_only_error()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Program.cs", "To(\"orders\")", "To(new[] { \"orders\" })");

        var build = await project.BuildAsync("LangVersion=12");

        Assert.Equal(1, build.ExitCode);
        Assert.Equal(["EVB1027"], Errors(build.Output));
    }

    [Fact]
    public async Task Reference_that_only_an_alias_can_name_is_the_only_error()
    {
        using var project = ConsumerProject.Create(packed);
        project.Replace("Consumer.csproj", Reference, $"{Reference} Aliases=\"bus\"");
        project.Replace("IOrderEvents.cs", "using EventBus;", "extern alias bus;\nusing bus::EventBus;");
        project.Write("Program.cs", "System.Console.WriteLine();");

        var build = await project.BuildAsync();

        Assert.Equal(1, build.ExitCode);
        Assert.Equal(["EVB1001"], Errors(build.Output));
    }

    // MSBuild prints each error twice.
    private static IEnumerable<string> Errors(string output) =>
        Error().Matches(output).DistinctBy(static match => match.Value.Trim()).Select(static match => match.Groups[1].Value);

    [GeneratedRegex(@"^.*\berror (\w+): .*$", RegexOptions.Multiline)]
    private static partial Regex Error();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Tests.Caching;

public sealed class IncrementalTests
{
    private const int Chat = 0;
    private const int Shop = 1;
    private const int Payload = 2;
    private const int Elsewhere = 3;

    // These steps run in every compilation.
    private static readonly string[] FirstSteps = [TrackingNames.Declarations, TrackingNames.ParsedContracts];

    private static readonly string[] Sources =
    [
        "[BroadcastEvent] public interface IChatEvents { void Ping(DateTimeOffset at); }",
        "[BroadcastEvent] public interface IShopEvents { void Placed(Order order); }",
        "public record Order(Line[] Lines, Priority Priority = Priority.Low); public record Line(int Id); "
            + "public enum Priority { Low, High }",
        "public class Elsewhere { public int Value() => 1; }",
    ];

    public static TheoryData<string> TrackedSteps =>
        [.. typeof(TrackingNames).GetFields().Select(static row => (string)row.GetRawConstantValue()!)];

    private static IEnumerable<string> ModelSteps => TrackedSteps.Select(static name => name.Data).Except(FirstSteps);

    [Theory]
    [MemberData(nameof(TrackedSteps))]
    public void Tracking_names_all_belong_to_a_step(string name) =>
        Assert.NotEmpty(IncrementalRun.Of(Sources, static compilation => compilation).First.TrackedSteps[name]);

    [Theory]
    [InlineData(Elsewhere, "=> 1", "=> 2")]
    [InlineData(Elsewhere, "int Value", "string? Other() => null; public int Value")]
    [InlineData(Elsewhere, "public class", "public record Order2(int Id); public class")]
    [InlineData(Chat, "{ void", "{ /* a comment */ void")]
    [InlineData(Chat, "[BroadcastEvent]", "\n\n[BroadcastEvent]")]
    [InlineData(Payload, "int Id)", "int Id) { public int Computed => Id + 1; private object? _cache; }")]
    public void Edit_without_effect_on_the_wire_renders_nothing(int file, string old, string replacement)
    {
        var run = IncrementalRun.Of(Sources, compilation => Edit(compilation, file, old, replacement));

        Assert.All(ModelSteps, name => Assert.All(
            run.Reasons(name),
            static reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        Assert.Equal(0, run.RenderedFiles);
    }

    [Theory]
    [InlineData(Elsewhere, "=> 1", "=> 2")]
    [InlineData(Elsewhere, "=> 1", "=> ")]
    [InlineData(Elsewhere, "=> 1", "/* a comment */ => /* another */ 1")]
    [InlineData(Elsewhere, "public class", "\n  public   class")]
    [InlineData(Chat, "{ void", "{ /* a comment */ void")]
    [InlineData(Payload, "Line[] Lines", "Line[]\n    Lines")]
    public void Edit_that_declares_nothing_new_parses_no_contract(int file, string old, string replacement)
    {
        var run = IncrementalRun.Of(Sources, compilation => Edit(compilation, file, old, replacement));

        Assert.False(run.HasParsed);
        Assert.Equal(
            [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], FirstSteps.SelectMany(run.Reasons));
        Assert.All(ModelSteps, name => Assert.All(
            run.Reasons(name), static reason => Assert.Equal(IncrementalStepRunReason.Cached, reason)));
        Assert.Equal(0, run.RenderedFiles);
    }

    [Theory]
    [InlineData("int Value", "string? Other() => null; public int Value")]
    [InlineData("public class", "public record Order2(int Id); public class")]
    public void Edit_of_an_unrelated_declaration_stops_at_the_models(string old, string replacement)
    {
        var run = IncrementalRun.Of(Sources, compilation => Edit(compilation, Elsewhere, old, replacement));

        // Payloads may be declared anywhere, so the contracts are parsed again. Their models are found equal, and nothing is rendered.
        Assert.True(run.HasParsed);
        Assert.All(ModelSteps, name => Assert.All(
            run.Reasons(name), static reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason)));
        Assert.Equal(0, run.RenderedFiles);
    }

    [Theory]
    [InlineData("int Id)", "long Id)", "EventBus.Generated.LineFormatter.g.cs")]
    [InlineData("Line(int Id)", "Line(int? Id)", "EventBus.Generated.LineFormatter.g.cs")]
    [InlineData("Low, High", "High, Low", null)]
    [InlineData("Priority Priority = Priority.Low", "Priority Priority = Priority.High", "EventBus.Generated.OrderFormatter.g.cs")]
    public void Edit_of_a_payload_renders_that_payload_only(string old, string replacement, string? changed)
    {
        var run = IncrementalRun.Of(Sources, compilation => Edit(compilation, Payload, old, replacement));

        Assert.Equal(changed is null ? [] : [changed], run.Changed);
        Assert.Equal(changed is null ? 0 : 1, run.RenderedFiles);
        Assert.Equal(changed is not null, run.Reasons(TrackingNames.DistinctPayloads).Contains(IncrementalStepRunReason.Modified));
        Assert.DoesNotContain(IncrementalStepRunReason.Modified, run.Reasons(TrackingNames.ContractSurfaces));
    }

    [Fact]
    public void Edit_of_a_contract_renders_that_contract_only()
    {
        var run = IncrementalRun.Of(Sources, static compilation => Edit(compilation, Chat, "DateTimeOffset at", "DateTime at"));

        Assert.Equal(["IChatEvents.g.cs"], run.Changed);
        Assert.Equal(1, run.RenderedFiles);
    }

    [Fact]
    public void Edit_adding_a_formatter_of_the_assembly_renders_only_the_users_of_the_type()
    {
        const string Formatter = """
            [assembly: Formatter(typeof(Line), typeof(LineText))]
            public struct LineText : EventBus.Serialization.IFormatter<Line>
            {
                public void Write<T>(ref T writer, in Line value) where T : EventBus.Serialization.IValueWriter, allows ref struct { }
                public Line Read<T>(ref T reader) where T : EventBus.Serialization.IValueReader, allows ref struct => new(0);
            }

            """;
        var run = IncrementalRun.Of(Sources, static all => Edit(all, Elsewhere, "public class", $"{Formatter}public class"));

        Assert.Equal(
            ["EventBus.Generated.OrderFormatter.g.cs", "EventBus.Generated.PayloadRegistration.g.cs", "IShopEvents.g.cs"],
            run.Changed.Order(StringComparer.Ordinal));

        // The fourth is the formatter of the type, which is removed.
        Assert.Equal(4, run.RenderedFiles);
    }

    [Fact]
    public void Edit_making_a_payload_unsupported_removes_the_bodies()
    {
        var run = IncrementalRun.Of(Sources, static compilation => Edit(compilation, Payload, "Line(int Id)", "Line(Action Id)"));

        Assert.Equal(["EventBus.Generated.ContractRegistration.g.cs", "IShopEvents.g.cs"], run.Changed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_from_scratch_emits_the_same()
    {
        var first = GeneratorRun.Of(Sources).Files;
        var second = GeneratorRun.Of([.. Sources.Reverse()]).Files;

        Assert.Equal(first.OrderBy(static file => file.Key), second.OrderBy(static file => file.Key));
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string old, string replacement)
    {
        // The first tree holds the global usings.
        var tree = compilation.SyntaxTrees[file + 1];
        var text = tree.GetText(TestContext.Current.CancellationToken).ToString();
        Assert.Contains(old, text);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            text.Replace(old, replacement),
            GeneratorRun.ParseOptions,
            tree.FilePath,
            cancellationToken: TestContext.Current.CancellationToken));
    }
}

using EventBus.Generators.Model;

namespace EventBus.Generators.Tests.Caching;

public sealed class ModelTests
{
    private static readonly string[] Sources =
    [
        "[BroadcastEvent] public interface IRootEvents { [System.Obsolete(\"old\")] void Ping(DateTimeOffset at, string text = \"hi\"); }",
        "[BroadcastEvent] public interface IShopEvents : IRootEvents { void Placed(Order order, Order[]? others = null); }",
        "public record Order(Line[] Lines, Order? Parent = null) { public int Page { get; init; } = 1; } "
            + "public record Line(int Id) { public List<int> Filled { get; } = []; }",
    ];

    [Fact]
    public void Steps_keep_no_compilation_alive()
    {
        var values = StepValues().ToList();

        Assert.NotEmpty(values);
        Assert.All(values, static value => Assert.Null(ModelGuard.FindForbidden(value)));
    }

    [Fact]
    public void ModelGuard_finds_symbols_at_any_depth()
    {
        var compilation = GeneratorRun.Compile(Sources);
        var tree = compilation.SyntaxTrees[0];

        Assert.StartsWith("model[0].<Held>k__BackingField is a ", ModelGuard.FindForbidden(new[] { new Holder(compilation.Assembly) }));
        Assert.NotNull(ModelGuard.FindForbidden(new Holder(compilation)));
        Assert.NotNull(ModelGuard.FindForbidden(new Holder(new List<object> { tree })));
        Assert.NotNull(ModelGuard.FindForbidden(new Holder(tree.GetRoot(TestContext.Current.CancellationToken))));
        Assert.NotNull(ModelGuard.FindForbidden(new Holder(tree.GetRoot(TestContext.Current.CancellationToken).GetLocation())));
        Assert.Null(ModelGuard.FindForbidden(new Holder("text")));
    }

    [Fact]
    public void Models_of_equal_compilations_are_equal()
    {
        var first = StepValues().OfType<FileModel<ContractModel>>().ToList();
        var second = StepValues().OfType<FileModel<ContractModel>>().ToList();

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.Equal(first.Select(static model => model.GetHashCode()), second.Select(static model => model.GetHashCode()));
    }

    private static IEnumerable<object> StepValues() => GeneratorRun.Of(Sources).Result.Results.Single().TrackedSteps
        .Where(static step => typeof(TrackingNames).GetFields().Any(row => row.Name == step.Key))
        .SelectMany(static step => step.Value)
        .SelectMany(static step => step.Outputs)
        .Select(static output => output.Value);

    private sealed record Holder(object Held);
}

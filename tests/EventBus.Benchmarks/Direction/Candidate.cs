using EventBus.Benchmarks.Children;

namespace EventBus.Benchmarks.Direction;

/// <summary>A contender of a group, which is measured once in each round.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="MeasureAsync">Measures it once.</param>
internal sealed record Candidate(string Name, Func<Stage, Task<Sample>> MeasureAsync)
{
    /// <summary>A publisher and its receivers.</summary>
    /// <param name="name">The name in the tables.</param>
    /// <param name="publish">Makes the publisher of the load.</param>
    /// <param name="load">The load.</param>
    /// <param name="receivers">The receivers; none: publishing alone.</param>
    public static Candidate Of(
        string name, Func<Load, ChildProgram> publish, Load load, params IReadOnlyList<TrialReceiver> receivers) =>
        new(name, async stage =>
        {
            await using var trial = new Trial(stage, publish(load), receivers);
            return await trial.RunAsync(load);
        });

    /// <summary>The same, with a statement that is executed before each run.</summary>
    public Candidate After(string sql) => this with
    {
        MeasureAsync = async stage =>
        {
            await Stage.ExecuteAsync(sql);
            return await MeasureAsync(stage);
        },
    };
}

using EventBus.Benchmarks.Children;

namespace EventBus.Benchmarks.Direction;

/// <summary>Contenders that are measured in turn within a round, and the goals for their results.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">What is measured, for the report.</param>
/// <param name="Candidates">The contenders; ratios in the table are to the first one.</param>
/// <param name="Columns">The quantities of the table.</param>
/// <param name="Goals">The goals.</param>
internal sealed record Group(
    string Name, string Title, IReadOnlyList<Candidate> Candidates, IReadOnlyList<Metric> Columns, IReadOnlyList<Goal> Goals)
{
    /// <summary>The group with those contenders whose name has this text.</summary>
    public Group Only(string text) =>
        this with { Candidates = [.. Candidates.Where(candidate => candidate.Name.Contains(text, StringComparison.OrdinalIgnoreCase))] };
}

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

/// <summary>A wanted number.</summary>
/// <param name="Name">The quantity in words.</param>
/// <param name="Wanted">The limit.</param>
/// <param name="IsLeast">Whether the limit is the least value; otherwise the most.</param>
/// <param name="Measure">Computes the value within a round; null if a run that it needs is missing or had foreign load.</param>
internal sealed record Goal(string Name, double Wanted, bool IsLeast, Func<Round, double?> Measure)
{
    /// <summary>One contender in relation to another.</summary>
    public static Goal Ratio(string name, double wanted, string candidate, string reference, Metric metric, bool isLeast = true) =>
        new(name, wanted, isLeast, round => round.FindClean(candidate, metric) / round.FindClean(reference, metric));

    /// <summary>One contender, less another.</summary>
    public static Goal MostBeyond(string name, double wanted, string candidate, string reference, Metric metric) =>
        new(name, wanted, false, round => round.FindClean(candidate, metric) - round.FindClean(reference, metric));

    public static Goal Most(string name, double wanted, string candidate, Metric metric) =>
        new(name, wanted, false, round => round.FindClean(candidate, metric));

    public bool IsMet(double value) => IsLeast ? value >= Wanted : value <= Wanted;
}

/// <summary>A measured quantity. Times are in microseconds of one event, if the name has no other unit.</summary>
internal enum Metric
{
    /// <summary>The events that arrive in a second; if there is no receiver, the events that are published.</summary>
    Rate,
    Sent,
    P50,
    P99,
    PublisherCpu,
    ReceiverCpu,
    PostgresCpu,
    PublisherJit,
    ReceiverJit,
    PublisherBytes,
    ReceiverBytes,

    /// <summary>The events that did not arrive, of all receivers together.</summary>
    Lost,
    Dropped,
    Disordered,

    /// <summary>From the start of a process to its first event.</summary>
    StartMilliseconds,
    OneRoomNanoseconds,
    OneRoomBytes,
    TwoRoomsNanoseconds,
    HandlerNanoseconds,
    HandlerBytes,
    EmptyRoomMicroseconds,
    EmptyRoomBytes,
}

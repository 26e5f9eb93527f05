using System.Globalization;

namespace EventBus.Benchmarks.Children;

/// <summary>The way in which a publisher offers its events.</summary>
internal enum LoadKind
{
    /// <summary>One after another, without waiting for the outcome of each.</summary>
    Post,

    /// <summary>Some callers, each of which awaits its event before the next one.</summary>
    Await,

    /// <summary>At a rate, however long the events take.</summary>
    Open,

    /// <summary>One awaited event, then a pause.</summary>
    Paced,
}

/// <summary>The load of one run. It ends after a number of events or seconds, whichever comes first.</summary>
internal sealed record Load(LoadKind Kind)
{
    public long Events { get; init; } = long.MaxValue;

    public double Seconds { get; init; } = 10;

    /// <summary>The events that are posted before the run and not counted.</summary>
    public int WarmUps { get; init; } = 20_000;

    /// <summary>
    /// The callers of <see cref="LoadKind.Await"/>; with Node.js also the most events under way of <see cref="LoadKind.Post"/>.
    /// </summary>
    public int Width { get; init; } = 1;

    /// <summary>The events in a second of <see cref="LoadKind.Open"/>.</summary>
    public double Rate { get; init; }

    /// <summary>The pause of <see cref="LoadKind.Paced"/>, in milliseconds.</summary>
    public int Pause { get; init; }

    /// <summary>The size of the attachment; 0: the small event.</summary>
    public int Bytes { get; init; }

    /// <summary>Whether the order of the events is that of their numbers.</summary>
    public bool IsOrdered => Kind is LoadKind.Post or LoadKind.Paced || (Kind == LoadKind.Await && Width == 1);

    /// <returns>The arguments of a publisher, such as <c>post events=1000 seconds=10</c>.</returns>
    public IReadOnlyList<string> ToArguments() =>
    [
        Kind.ToString().ToLowerInvariant(),
        $"events={Events}", $"seconds={Seconds}", $"warm={WarmUps}", $"width={Width}", $"rate={Rate}", $"pause={Pause}", $"bytes={Bytes}",
    ];

    public static Load Parse(IReadOnlyList<string> arguments)
    {
        var load = new Load(Enum.Parse<LoadKind>(arguments[0], ignoreCase: true));
        foreach (var argument in arguments.Skip(1))
        {
            var value = argument[(argument.IndexOf('=') + 1)..];
            load = argument[..^(value.Length + 1)] switch
            {
                "events" => load with { Events = long.Parse(value, CultureInfo.InvariantCulture) },
                "seconds" => load with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "warm" => load with { WarmUps = int.Parse(value, CultureInfo.InvariantCulture) },
                "width" => load with { Width = int.Parse(value, CultureInfo.InvariantCulture) },
                "rate" => load with { Rate = double.Parse(value, CultureInfo.InvariantCulture) },
                "pause" => load with { Pause = int.Parse(value, CultureInfo.InvariantCulture) },
                "bytes" => load with { Bytes = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"unknown: {argument}"),
            };
        }

        return load;
    }
}

namespace EventBus.Benchmarks.Direction;

/// <summary>Measures the contenders of a group in turn, round by round.</summary>
internal sealed class GroupRunner(Stage stage, TextWriter progress)
{
    private const int MostTries = 3;

    public async Task<GroupResult> RunAsync(Group group, int rounds, CancellationToken cancellationToken)
    {
        var measured = new List<Round>();
        var failures = new List<string>();
        for (var number = 1; number <= rounds; number++)
        {
            var round = new Round();
            measured.Add(round);
            foreach (var candidate in group.Candidates)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    var sample = await MeasureAsync(candidate, cancellationToken);
                    round.Add(candidate.Name, sample);
                    progress.WriteLine($"{group.Name} {number}/{rounds} {candidate.Name}: {Describe(sample, group)}");
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // The others are still measured; the report has the failure, and the program ends with 1.
                    failures.Add($"{candidate.Name}, round {number}: {exception.Message.Split('\n')[0]}");
                    progress.WriteLine($"{group.Name} {number}/{rounds} {candidate.Name}: failed: {exception}");
                }
            }
        }

        return new GroupResult(group, measured, failures);
    }

    /// <summary>Measures again if other processes took too much of the machine.</summary>
    /// <returns>The run with the least foreign load.</returns>
    private async Task<Sample> MeasureAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        var best = await candidate.MeasureAsync(stage);
        for (var tries = 1; tries < MostTries && !best.IsClean; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.WriteLine($"  {candidate.Name}: other processes took {best.Foreign:P0} of the machine; once more");
            var again = await candidate.MeasureAsync(stage);
            best = again.Foreign < best.Foreign ? again : best;
        }

        return best;
    }

    private static string Describe(Sample sample, Group group)
    {
        var first = group.Columns[0];
        var value = sample.Find(first) is { } number ? $"{number:N1}" : "not measured";
        return $"{first} {value}; other processes {sample.Foreign:P0}";
    }
}

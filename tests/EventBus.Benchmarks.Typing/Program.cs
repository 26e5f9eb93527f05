// Prints how long generators run after an edit of a file without contracts: one that only finds the contracts, and the generator of
// EventBus.
using System.Diagnostics;
using System.Globalization;
using EventBus.Benchmarks.Typing;
using EventBus.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

const int Warm = 20;
const int Edits = 25;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.WriteLine("contracts   finding   edit of a body          edit of a declaration");
foreach (var contracts in (int[])[10, 100, 200])
{
    var project = new Project(contracts);
    var times = Measure(
        (new Finder(), project.WithBody),
        (new EventContractGenerator(), project.WithBody),
        (new EventContractGenerator(), project.WithDeclaration));
    var (finding, body, declaration) = (times[0], times[1], times[2]);
    Console.WriteLine(
        $"{contracts,9} {finding,6:F1} ms {body,6:F1} ms ({body / finding:F2} x) {declaration,12:F1} ms ({declaration / finding:F2} x)");
}

// In turns, so that other work of the machine falls on all. Each driver gets a compilation of its own, which no other has bound.
static List<double> Measure(params (IIncrementalGenerator Generator, Func<int, CSharpCompilation> Edit)[] candidates)
{
    var drivers = candidates.Select(static candidate => Project.Driver(candidate.Generator)).ToList();
    var times = candidates.Select(static _ => new List<double>()).ToList();
    for (var edit = 0; edit < Warm + Edits; edit++)
    {
        for (var index = 0; index < candidates.Length; index++)
        {
            var compilation = candidates[index].Edit(edit);
            var began = Stopwatch.GetTimestamp();
            drivers[index] = drivers[index].RunGenerators(compilation);
            if (edit >= Warm)
                times[index].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    return [.. times.Select(static all => all.Order().ElementAt(all.Count / 2))];
}

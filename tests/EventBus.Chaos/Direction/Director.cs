using System.Globalization;
using EventBus.Chaos.Promises;

namespace EventBus.Chaos.Direction;

/// <summary>Tests the promises one after another, and prints the table.</summary>
internal static class Director
{
    private const string Usage = """
        Usage: EventBus.Chaos [minutes] [--seed NUMBER] [--only accounts,links,failover,stops,crowd,isolation,attacks]
               EventBus.Chaos [minutes] --only soak [--rate EVENTS_PER_SECOND]
        """;
    private const string LongTest = "soak";
    private const int DefaultRate = 5_000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (minutes, seed, rate) = (3.0, Random.Shared.Next(), DefaultRate);
        string[] only = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--seed" && i + 1 < arguments.Length)
                seed = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
            else if (arguments[i] == "--rate" && i + 1 < arguments.Length)
                rate = int.Parse(arguments[++i], CultureInfo.InvariantCulture);
            else if (arguments[i] == "--only" && i + 1 < arguments.Length)
                only = arguments[++i].Split(',');
            else if (!double.TryParse(arguments[i], NumberStyles.Float, CultureInfo.InvariantCulture, out minutes))
                return Fail();
        }

        var scores = new Scoreboard();
        (string Name, Func<TimeSpan, Task> Run, double Share)[] promises =
        [
            ("accounts", duration => new ExactAccounts(scores, new Random(seed), duration).RunAsync(), 0.25),
            ("links", duration => new DeadLinks(scores, duration).RunAsync(), 0.08),
            ("failover", _ => new Failovers(scores).RunAsync(), 0.08),
            ("stops", _ => new Stops(scores).RunAsync(), 0.15),
            ("crowd", _ => new Crowd(scores).RunAsync(), 0.1),
            ("isolation", duration => new Isolation(scores, duration).RunAsync(), 0.1),
            ("attacks", duration => new Attacks(scores, duration).RunAsync(), 0.15),
            (LongTest, duration => new Soak(scores, duration, rate).RunAsync(), 1),
        ];
        if (only.Any(name => promises.All(promise => promise.Name != name)))
            return Fail();
        var tested = promises.Where(promise => only.Length == 0 ? promise.Name != LongTest : only.Contains(promise.Name)).ToArray();
        var shares = only.Length == 0 ? 1 : tested.Sum(static promise => promise.Share);

        Console.WriteLine($"seed {seed}, {minutes} minutes, {Environment.ProcessorCount} processors");
        foreach (var (name, run, share) in tested)
        {
            Console.WriteLine($"== {name}");
            try
            {
                await run(TimeSpan.FromMinutes(minutes * share / shares));
            }
            catch (Exception exception) // The other promises are still tested.
            {
                scores.Add(name, "a complete test", exception.ToString().ReplaceLineEndings(" "), isOk: false);
            }
        }

        Console.WriteLine($"seed {seed}");
        return scores.Print() ? 0 : 1;
    }

    private static int Fail()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

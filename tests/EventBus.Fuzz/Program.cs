// Usage: EventBus.Fuzz [seconds] [seed]. Without seconds: a million messages of each encoding.
using System.Diagnostics;
using System.Globalization;
using EventBus.Fuzz;

const int DefaultMessages = 1_000_000;
const int Batch = 10_000;
var longestMessage = TimeSpan.FromSeconds(10);

var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
var seeds = FuzzSeeds.Load();
Console.WriteLine($"seed {seed}, {seeds.Length} valid messages to begin from");

var run = new FuzzRun(seed, seeds, new FuzzTarget(seeds).Accepts);
var lastTried = -1L;
using var watchdog = new Timer(_ => StopIfStuck(), null, longestMessage, longestMessage);
var started = Stopwatch.GetTimestamp();
try
{
    while (seconds > 0 ? Stopwatch.GetElapsedTime(started).TotalSeconds < seconds : run.Tried < 2L * DefaultMessages)
        run.Try(Batch);
}
catch (FuzzFailure failure)
{
    Console.Error.WriteLine(failure);
    Console.Error.WriteLine($"seed {seed}, after {run.Tried:N0} messages");
    return 1;
}

Console.WriteLine($"JSON:        {run.Json}");
Console.WriteLine($"MessagePack: {run.MessagePack}");
Console.WriteLine($"no other exception than the typed rejection, in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
return 0;

// Decoding takes microseconds: a message that is still being decoded since the last check hangs.
void StopIfStuck()
{
    var tried = run.Tried;
    if (tried != Interlocked.Exchange(ref lastTried, tried))
        return;
    Console.Error.WriteLine($"the decoder hangs (seed {seed})\ninput: {Convert.ToHexStringLower(run.Current)}");
    Environment.Exit(2);
}

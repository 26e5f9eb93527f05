using System.Diagnostics;
using System.Globalization;

namespace EventBus.Benchmarks.Direction;

/// <summary>Reads the CPU times that the kernel counts for processes and for the machine, in seconds.</summary>
internal static class ProcessTimes
{
    /// <summary>The unit of the kernel's counters: it is the same on every Linux.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>
    /// What all processors spent on programs, and what the host of a virtual machine took. Interrupts are left out: the traffic that is
    /// measured causes them, and no process has them.
    /// </summary>
    public static double ReadMachine()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int User = 1, Nice = 2, System = 3, Stolen = 8;
        return (Ticks(fields[User]) + Ticks(fields[Nice]) + Ticks(fields[System]) + Ticks(fields[Stolen])) / TicksPerSecond;
    }

    /// <summary>
    /// What a process and its descendants spent. An ended descendant counts as soon as its parent has waited for it, as all of them do.
    /// </summary>
    public static double ReadTree(int root)
    {
        var processes = ReadAll();
        var parents = processes.ToDictionary(static process => process.Id, static process => process.Parent);
        return processes.Where(process => IsWithin(process.Id, root, parents)).Sum(static process => process.Ticks) / TicksPerSecond;
    }

    /// <summary>The parent of a process.</summary>
    public static int FindParent(int id) => TryRead(id)?.Parent ?? throw new InvalidOperationException($"There is no process {id}.");

    private static bool IsWithin(int id, int root, Dictionary<int, int> parents)
    {
        for (; id != root; id = parents[id])
        {
            if (!parents.ContainsKey(id))
                return false;
        }

        return true;
    }

    private static List<Entry> ReadAll() =>
    [
        .. from directory in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out _)
           let entry = TryRead(int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture))
           where entry is not null
           select entry,
    ];

    /// <returns>Null if the process has ended.</returns>
    private static Entry? TryRead(int id)
    {
        try
        {
            // The name of the program is in parentheses, and may have spaces.
            var line = File.ReadAllText($"/proc/{id}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            const int Parent = 1, FirstTime = 11, Times = 4;
            return new Entry(
                id, int.Parse(fields[Parent], CultureInfo.InvariantCulture), fields.Skip(FirstTime).Take(Times).Sum(Ticks));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Ticks(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private sealed record Entry(int Id, int Parent, double Ticks);
}

/// <summary>The CPU times at one moment, in seconds.</summary>
/// <param name="At">The moment.</param>
/// <param name="Machine">All programs of the machine.</param>
/// <param name="Own">The director and the processes that it started.</param>
/// <param name="Postgres">The processes of PostgreSQL.</param>
internal readonly record struct CpuSnapshot(long At, double Machine, double Own, double Postgres)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(6);

    public static CpuSnapshot Take(int postmaster) => new(
        Stopwatch.GetTimestamp(),
        ProcessTimes.ReadMachine(),
        ProcessTimes.ReadTree(Environment.ProcessId),
        ProcessTimes.ReadTree(postmaster));

    /// <summary>The share of the machine that other processes took since an earlier snapshot: 1 is all of it.</summary>
    public double ForeignSince(CpuSnapshot before)
    {
        var foreign = Machine - before.Machine - (Own - before.Own) - (Postgres - before.Postgres);
        return Math.Max(0, foreign / (Stopwatch.GetElapsedTime(before.At, At).TotalSeconds * Environment.ProcessorCount));
    }

    /// <summary>Waits for a while until the machine is 80 % idle: the processes of the run before may still end.</summary>
    public static async Task UntilIdleAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < LongestWait;)
        {
            var (before, at) = (ProcessTimes.ReadMachine(), Stopwatch.GetTimestamp());
            await Task.Delay(Pause);
            if (ProcessTimes.ReadMachine() - before < 0.2 * Stopwatch.GetElapsedTime(at).TotalSeconds * Environment.ProcessorCount)
                return;
        }
    }
}

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

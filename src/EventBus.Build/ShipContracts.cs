using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace EventBus.Build;

/// <summary>
/// Ships the changes of a release: moves the lines of a contract lock's unshipped file into the shipped one. It does nothing if a project
/// has no contract lock.
/// </summary>
public sealed class ShipContracts : Task
{
    private const string Removed = "*REMOVED*";

    /// <summary>The file with the events of released versions.</summary>
    [Required]
    public string Shipped { get; set; } = "";

    /// <summary>The file with the changes since the last release.</summary>
    [Required]
    public string Unshipped { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            return Ship(Read(Shipped), Read(Unshipped));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"The contract lock cannot be read or written: {exception.Message}");
            return false;
        }
    }

    private bool Ship(List<string> shipped, List<string> unshipped)
    {
        var changes = unshipped.Where(static line => !IsComment(line)).ToList();
        var removed = changes.Where(IsRemoved).Select(static line => line.Substring(Removed.Length)).ToList();
        if (changes.Count == 0)
            return true;

        // All lines or none: after a bad merge the file has to be corrected by hand.
        foreach (var line in removed.Where(line => !shipped.Contains(line)))
            LogError($"'{Path.GetFileName(Shipped)}' has no line '{line}' to take back; nothing was shipped");
        foreach (var line in changes.Where(static line => !IsRemoved(line) && line[0] is not ('/' or '"')))
            LogError($"'{line}' does not describe an event; nothing was shipped");
        if (Log.HasLoggedErrors)
            return false;

        Write(Shipped, shipped.Except(removed).Concat(changes.Where(static line => !IsRemoved(line))));
        Write(Unshipped, unshipped.Where(IsComment));
        Log.LogMessage(MessageImportance.High, $"EventBus shipped {changes.Count} changes of contracts: {Shipped}");
        return true;
    }

    private void LogError(string message) => Log.LogError(null, null, null, Unshipped, 0, 0, 0, 0, message);

    private static bool IsComment(string line) => line[0] == '#';

    private static bool IsRemoved(string line) => line.StartsWith(Removed, StringComparison.Ordinal);

    private static List<string> Read(string file) => File.Exists(file)
        ? [.. File.ReadAllLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0)]
        : [];

    // Comments stay at the top; the events are in ordinal order, as the code fix writes them.
    private static void Write(string file, IEnumerable<string> lines)
    {
        var all = lines.Distinct().ToLookup(IsComment);
        var sorted = all[true].Concat(all[false].OrderBy(static line => line, StringComparer.Ordinal));
        var text = string.Concat(sorted.Select(static line => line + "\n"));
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}

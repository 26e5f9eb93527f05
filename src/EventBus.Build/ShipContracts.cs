using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace EventBus.Build;

/// <summary>Makes promises of a release's changes: moves the lines of a contract lock's unshipped file into the shipped one. A project without a lock is left alone.</summary>
public sealed class ShipContracts : Task
{
    private const string Removed = "*REMOVED*";

    /// <summary>The file of what released versions say.</summary>
    [Required]
    public string Shipped { get; set; } = "";

    /// <summary>The file of what has changed since.</summary>
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
            Log.LogError($"The contract lock: {exception.Message}");
            return false;
        }
    }

    private bool Ship(List<string> shipped, List<string> unshipped)
    {
        var changes = unshipped.Where(static line => !IsComment(line)).ToList();
        var removed = changes.Where(IsRemoved).Select(static line => line.Substring(Removed.Length)).ToList();
        if (changes.Count == 0)
            return true;

        // All or nothing: a file that was merged badly is mended by hand.
        foreach (var line in removed.Where(line => !shipped.Contains(line)))
            Log.LogError(null, null, null, Unshipped, 0, 0, 0, 0, $"'{Path.GetFileName(Shipped)}' has no line '{line}' to take back; nothing was shipped");
        foreach (var line in changes.Where(static line => !IsRemoved(line) && line[0] is not ('/' or '"')))
            Log.LogError(null, null, null, Unshipped, 0, 0, 0, 0, $"'{line}' is not the form of an event; nothing was shipped");
        if (Log.HasLoggedErrors)
            return false;

        Write(Shipped, shipped.Except(removed).Concat(changes.Where(static line => !IsRemoved(line))));
        Write(Unshipped, unshipped.Where(IsComment));
        Log.LogMessage(MessageImportance.High, $"EventBus shipped {changes.Count} changes of contracts: {Shipped}");
        return true;
    }

    private static bool IsComment(string line) => line[0] == '#';

    private static bool IsRemoved(string line) => line.StartsWith(Removed, StringComparison.Ordinal);

    private static List<string> Read(string file) =>
        File.Exists(file) ? [.. File.ReadAllLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0)] : [];

    // Comments stay above; the events have their order from their characters, as the code fix writes them.
    private static void Write(string file, IEnumerable<string> lines)
    {
        var all = lines.Distinct().ToLookup(IsComment);
        var text = string.Concat(all[true].Concat(all[false].OrderBy(static line => line, StringComparer.Ordinal)).Select(static line => line + "\n"));
        File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}

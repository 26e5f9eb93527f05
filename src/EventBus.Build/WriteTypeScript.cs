using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace EventBus.Build;

/// <summary>
/// Extracts the TypeScript from the C# file that the generator wrote. It does not write a file whose content is the same, so that programs
/// that watch the file see changes only.
/// </summary>
public sealed class WriteTypeScript : Task
{
    // The text around the TypeScript. TypeScriptGenerator knows it as well.
    private const string Opening = "#if false // TypeScript\n";
    private const string Closing = "#endif\n";

    /// <summary>The C# file.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!Output.EndsWith(".d.ts", StringComparison.OrdinalIgnoreCase))
        {
            Log.LogError($"EventBusTypeScriptOutput is '{Output}'; it must be the name of a file that ends in '.d.ts'.");
            return false;
        }

        try
        {
            return Write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"EventBusTypeScriptOutput: {exception.Message}");
            return false;
        }
    }

    private bool Write()
    {
        if (!File.Exists(Source))
        {
            Log.LogError(
                "EventBusTypeScriptOutput is set, but the generator of EventBus wrote no TypeScript. "
                + "Check that the project's reference to the package includes its analyzers.");
            return false;
        }

        var text = File.ReadAllText(Source);
        var start = text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length;
        var typeScript = text.Substring(start, text.Length - Closing.Length - start);
        if (File.Exists(Output) && File.ReadAllText(Output) == typeScript)
            return true;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Output))!);
        File.WriteAllText(Output, typeScript, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Log.LogMessage(MessageImportance.High, $"EventBus wrote {Output}");
        return true;
    }
}

using System.Text;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace EventBus.Build;

/// <summary>Takes the TypeScript out of the C# file in which the generator wrote it. A file that says the same already is left alone, so that who watches it sees only changes.</summary>
public sealed class WriteTypeScript : Task
{
    // What stands around it; the generator knows them, too.
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
            Log.LogError("EventBusTypeScriptOutput is set, but EventBus has written no TypeScript: does the project take the package's analyzers, which is where its generator is?");
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

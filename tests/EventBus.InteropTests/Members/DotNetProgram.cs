using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>The conformance node as a process.</summary>
internal static class DotNetProgram
{
    /// <summary>Starts the program.</summary>
    public static LineProcess Run(params IEnumerable<string> arguments) =>
        LineProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EventBus.ConformanceNode.dll"), .. arguments]);
}

using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>The conformance node as a process.</summary>
internal static class DotNetProgram
{
    /// <summary>eng/test.sh names a program that starts faster, because it was compiled ahead of time.</summary>
    private static readonly string ProgramPath =
        Environment.GetEnvironmentVariable("EVENTBUS_CONFORMANCE_NODE") is { Length: > 0 } path
            ? path
            : Path.Combine(AppContext.BaseDirectory, "EventBus.ConformanceNode.dll");

    /// <summary>Starts the program.</summary>
    public static LineProcess Run(params IEnumerable<string> arguments) => LineProcess.Start("dotnet", [ProgramPath, .. arguments]);
}

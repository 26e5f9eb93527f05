using System.Reflection;
using EventBus.Benchmarks.Children;
using EventBus.InteropTests.Harness;

namespace EventBus.Benchmarks.Direction;

/// <summary>A program that the director starts as a process of its own.</summary>
internal sealed record ChildProgram(string Program, IReadOnlyList<string> Arguments)
{
    private static readonly Dictionary<string, string> Paths =
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToDictionary(static attribute => attribute.Key, static attribute => attribute.Value!);

    /// <summary>A receiver in .NET.</summary>
    public static ChildProgram Receive(string contender, string room) => DotNet("receive", contender, room);

    /// <summary>A publisher in .NET.</summary>
    public static ChildProgram Publish(string contender, Load load) => DotNet(["publish", contender, .. load.ToArguments()]);

    /// <summary>A receiver in Node.js.</summary>
    public static ChildProgram NodeReceive(string kind) => Node("receive.mjs", kind);

    /// <summary>A publisher in Node.js.</summary>
    public static ChildProgram NodePublish(string kind, Load load) => Node(["publish.mjs", kind, .. load.ToArguments()]);

    /// <summary>This program in another role.</summary>
    public static ChildProgram DotNet(params IReadOnlyList<string> arguments) =>
        new("dotnet", [Assembly.GetExecutingAssembly().Location, .. arguments]);

    public static ChildProgram Node(params IReadOnlyList<string> arguments) =>
        new("node", [Path.Combine(Paths["NodePrograms"], arguments[0]), .. arguments.Skip(1)]);

    /// <summary>A node that ends with its first event, compiled at its start.</summary>
    public static ChildProgram Start(string connectionString) => new("dotnet", [Paths["StartProgram"], connectionString]);

    /// <summary>The same program, compiled ahead of time; null if it was not published.</summary>
    public static ChildProgram? StartNative(string connectionString) =>
        File.Exists(Paths["NativeStartProgram"]) ? new(Paths["NativeStartProgram"], [connectionString]) : null;

    public LineProcess Run() => LineProcess.Start(Program, Arguments);

    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";
}

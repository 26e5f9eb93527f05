using System.Reflection;

namespace EventBus.InteropTests.Docs;

/// <summary>The root folder of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "Root").Value!;
}

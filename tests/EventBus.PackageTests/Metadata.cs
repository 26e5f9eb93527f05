using System.Reflection;

namespace EventBus.PackageTests;

/// <summary>Values that the build wrote into this assembly.</summary>
internal static class Metadata
{
    public static string Root { get; } = Of("Root");

    public static string Configuration { get; } = Of("Configuration");

    /// <summary>The folder of the packages that this machine has restored.</summary>
    public static string PackageFolder { get; } = Of("PackageFolder");

    private static string Of(string key) =>
        typeof(Metadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

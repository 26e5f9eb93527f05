using System.Reflection;

namespace EventBus.PackageTests;

/// <summary>What the build of these tests knew.</summary>
internal static class Metadata
{
    public static string Root { get; } = Of("Root");

    public static string Configuration { get; } = Of("Configuration");

    /// <summary>The version that the package would have.</summary>
    public static string PackageVersion { get; } = Of("PackageVersion");

    /// <summary>Where this machine keeps the packages that it has restored.</summary>
    public static string PackageFolder { get; } = Of("PackageFolder");

    private static string Of(string key) =>
        typeof(Metadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

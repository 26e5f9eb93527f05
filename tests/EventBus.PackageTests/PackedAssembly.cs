using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EventBus.PackageTests;

/// <summary>Reads the metadata of a packed assembly without loading it.</summary>
internal static class PackedAssembly
{
    /// <summary>The assemblies that it references, with their versions.</summary>
    public static IReadOnlyDictionary<string, Version> References(byte[] assembly)
    {
        using var file = new PEReader(ImmutableArray.Create(assembly));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), static reference => reference.Version);
    }

    /// <summary>Whether the compiler was deterministic: the same sources give the same bytes.</summary>
    public static bool IsReproducible(byte[] assembly) => HasEntry(assembly, DebugDirectoryEntryType.Reproducible);

    public static bool EmbedsItsSymbols(byte[] assembly) => HasEntry(assembly, DebugDirectoryEntryType.EmbeddedPortablePdb);

    private static bool HasEntry(byte[] assembly, DebugDirectoryEntryType type)
    {
        using var file = new PEReader(ImmutableArray.Create(assembly));
        return file.ReadDebugDirectory().Any(entry => entry.Type == type);
    }
}

using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EventBus.AotTests;

/// <summary>Reads the contracts of an assembly from its file, so that nothing here needs reflection.</summary>
internal static class ContractCatalogue
{
    /// <summary>All methods of all contracts, inherited ones included: <c>Namespace.IContract.Method</c>, once for each overload.</summary>
    public static IReadOnlyList<string> ReadMethods(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
               where IsContract(metadata, type)
               from method in Methods(metadata, type)
               select $"{FullName(metadata, type)}.{method}",
        ];
    }

    private static bool IsContract(MetadataReader metadata, TypeDefinition type) => type.GetCustomAttributes()
        .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
        .Where(static constructor => constructor.Kind == HandleKind.MemberReference)
        .Select(constructor => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent)
        .Where(static parent => parent.Kind == HandleKind.TypeReference)
        .Select(parent => metadata.GetTypeReference((TypeReferenceHandle)parent))
        .Any(reference => metadata.StringComparer.Equals(reference.Name, nameof(BroadcastEventAttribute)));

    // The compiler lists inherited interfaces too.
    private static IEnumerable<string> Methods(MetadataReader metadata, TypeDefinition contract) => contract.GetInterfaceImplementations()
        .Select(handle => metadata.GetTypeDefinition((TypeDefinitionHandle)metadata.GetInterfaceImplementation(handle).Interface))
        .Prepend(contract)
        .SelectMany(static type => type.GetMethods())
        .Select(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name));

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
            return $"{FullName(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}+{name}";
        return type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}

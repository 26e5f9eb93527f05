using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventBus.Tests.Architecture;

/// <summary>The folder of src/EventBus that holds the source of each type, read from the assembly's portable PDB.</summary>
/// <remarks>
/// Methods name their documents. Interfaces, enums and constants have no methods with sequence points: the compiler lists their documents
/// in the custom debug information "type definition documents". Documents outside src/EventBus are parts that a generator made.
/// </remarks>
internal sealed class SourceFolders
{
    private const string Root = "src/EventBus/";

    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly Dictionary<TypeDefinitionHandle, string> _folders = [];

    public SourceFolders(string path, PEReader image)
    {
        if (!image.TryOpenAssociatedPortablePdb(path, File.OpenRead, out var provider, out _))
            throw new InvalidOperationException($"'{path}' has no portable PDB.");
        using (provider)
        {
            var (metadata, symbols) = (image.GetMetadataReader(), provider!.GetMetadataReader());
            foreach (var handle in metadata.TypeDefinitions)
            {
                var folders = DocumentsOf(handle, metadata, symbols).Select(FolderOf).OfType<string>().Distinct().ToArray();
                if (folders.Length > 1)
                {
                    var name = metadata.GetString(metadata.GetTypeDefinition(handle).Name);
                    throw new InvalidOperationException($"'{name}' has parts in several folders: {string.Join(", ", folders)}.");
                }

                _folders[handle] = folders is [var folder] ? folder : "";
            }
        }
    }

    /// <summary>The folder, relative to src/EventBus and with slashes; empty if the type has no source there.</summary>
    public string Of(TypeDefinitionHandle type) => _folders[type];

    /// <summary>The folder of a document. A build on a continuous integration server maps the repository to <c>/_/</c>.</summary>
    internal static string? FolderOf(string document)
    {
        var path = document.Replace('\\', '/');
        var start = path.LastIndexOf('/' + Root, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var relative = path[(start + 1 + Root.Length)..];
        var end = relative.LastIndexOf('/');
        return end < 0 || relative.StartsWith("obj/", StringComparison.Ordinal) ? null : relative[..end];
    }

    private static IEnumerable<string> DocumentsOf(TypeDefinitionHandle type, MetadataReader metadata, MetadataReader symbols)
    {
        var documents = new HashSet<DocumentHandle>();
        foreach (var method in metadata.GetTypeDefinition(type).GetMethods())
        {
            var debug = symbols.GetMethodDebugInformation(method);
            documents.Add(debug.Document);
            foreach (var point in debug.GetSequencePoints())
                documents.Add(point.Document);
        }

        foreach (var handle in symbols.GetCustomDebugInformation(type))
        {
            var information = symbols.GetCustomDebugInformation(handle);
            if (symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            var rows = symbols.GetBlobReader(information.Value);
            while (rows.RemainingBytes > 0)
                documents.Add(MetadataTokens.DocumentHandle(rows.ReadCompressedInteger()));
        }

        return documents
            .Where(static document => !document.IsNil)
            .Select(document => symbols.GetString(symbols.GetDocument(document).Name));
    }
}

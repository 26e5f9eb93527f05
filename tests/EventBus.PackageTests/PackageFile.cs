using System.IO.Compression;
using System.Xml.Linq;

namespace EventBus.PackageTests;

/// <summary>Reads a package.</summary>
internal sealed class PackageFile(string path)
{
    // Files that the format itself adds.
    private static readonly string[] Envelope = ["_rels/", "package/", "[Content_Types].xml"];

    /// <summary>The files in it, in order, without those that the format itself adds.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            using var archive = ZipFile.OpenRead(path);
            var names = archive.Entries.Select(static entry => entry.FullName);
            return [.. names.Where(static name => !Envelope.Any(name.StartsWith)).Order(StringComparer.Ordinal)];
        }
    }

    public byte[] Read(string name)
    {
        using var archive = ZipFile.OpenRead(path);
        using var entry = archive.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The description of the package, without the XML namespace.</summary>
    public XElement ReadNuspec()
    {
        var nuspec = Names.Single(static name => name.EndsWith(".nuspec", StringComparison.Ordinal));
        var root = XDocument.Load(new MemoryStream(Read(nuspec))).Root!;
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root.Element("metadata")!;
    }
}

using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventBus.Tests.Architecture;

public sealed class MessageTests
{
    /// <summary>Only the repository has them. A message names a method, an option, or a rule.</summary>
    [Fact]
    public void No_message_names_a_page_of_the_documentation()
    {
        using var file = new PEReader(File.OpenRead(typeof(IEventBus).Assembly.Location));
        string[] literals = [.. Literals(file.GetMetadataReader())];
        Assert.Contains(literals, static text => text.Contains("AttachmentTable.CreateSql()", StringComparison.Ordinal));
        Assert.DoesNotContain(literals, static text => text.Contains("docs/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Literals(MetadataReader assembly)
    {
        for (var next = assembly.GetNextHandle(MetadataTokens.UserStringHandle(0)); !next.IsNil; next = assembly.GetNextHandle(next))
            yield return assembly.GetUserString(next);
    }
}

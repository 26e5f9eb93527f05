namespace EventBus.Analyzers.Tests.Declaring;

/// <summary>
/// Stands in for the attributes of serializers whose packages the tests do not reference. <see cref="SerializerPackages"/> are the others.
/// </summary>
internal static class SerializerStubs
{
    public const string Source = """
        namespace CsvHelper.Configuration.Attributes { public sealed class IgnoreAttribute : System.Attribute; }
        namespace VYaml.Annotations { public sealed class YamlIgnoreAttribute : System.Attribute; }
        namespace Tomlet.Attributes { public sealed class TomlNonSerializedAttribute : System.Attribute; }
        namespace Dahomey.Cbor.Attributes { public sealed class CborIgnoreAttribute : System.Attribute; }
        namespace ZeroFormatter { public sealed class IgnoreFormatAttribute : System.Attribute; }
        namespace ServiceStack.DataAnnotations { public sealed class IgnoreAttribute : System.Attribute; }
        namespace MsgPack.Serialization { public sealed class MessagePackIgnoreAttribute : System.Attribute; }
        namespace System.Web.Script.Serialization { public sealed class ScriptIgnoreAttribute : System.Attribute; }
        namespace Jil
        {
            public sealed class JilDirectiveAttribute : System.Attribute
            {
                public bool Ignore { get; set; }
                public string? Name { get; set; }
            }
        }
        """;
}

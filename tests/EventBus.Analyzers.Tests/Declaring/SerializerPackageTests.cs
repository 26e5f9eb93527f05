using EventBus.Analyzers.Serializers;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

/// <summary>The tables of EVB1026, compared with the assemblies that declare the attributes.</summary>
public sealed class SerializerPackageTests
{
    // The packages of these are not references of the tests: they are old, or for the .NET Framework.
    private static readonly string[] Absent =
    [
        "CsvHelper.Configuration.Attributes.IgnoreAttribute", "Dahomey.Cbor.", "Jil.", "MsgPack.", "Orleans.Concurrency.",
        "ServiceStack.", "System.Web.", "Tomlet.", "Utf8Json.", "VYaml.", "ZeroFormatter.",
    ];

    private static readonly Compilation Compilation = Analysis.Compile("", withEventBus: false);

    public static TheoryData<string> Known =>
    [
        .. SerializerAttributes.All.Select(static row => row.MetadataName).Concat(IgnoreAttributes.Names)
            .Concat(KnownNames.ConstructorAttributes).Distinct()
            .Where(static name => !Absent.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Known))]
    public void Attribute_is_declared_by_its_package_with_the_arguments_of_the_table(string name)
    {
        var attribute = Compilation.GetTypeByMetadataName(name);

        Assert.NotNull(attribute);
        Assert.True(IsAttribute(attribute), $"{name} is no attribute.");
        var row = SerializerAttributes.All.SingleOrDefault(one => one.MetadataName == name);
        if (row is null)
            return;
        var arguments = ArgumentsOf(attribute).ToLookup(static argument => argument.Name, StringComparer.OrdinalIgnoreCase);
        Assert.All(row.Arguments.Concat(row.Names).Concat(row.Values.Select(static value => value.Argument)),
            argument => Assert.True(arguments.Contains(argument), $"{name} has no argument '{argument}'."));
        Assert.All(row.Values, value => Assert.All(value.Values, one => Assert.Contains(arguments[value.Argument], argument =>
            Fits(argument.Type, one))));
    }

    [Theory]
    [InlineData(Newtonsoft.Json.Required.AllowNull, 1)]
    [InlineData(Newtonsoft.Json.Required.Always, 2)]
    [InlineData(Newtonsoft.Json.Required.DisallowNull, 3)]
    [InlineData(Newtonsoft.Json.NullValueHandling.Ignore, 1)]
    [InlineData(Newtonsoft.Json.DefaultValueHandling.Ignore, 1)]
    [InlineData(Newtonsoft.Json.MemberSerialization.OptOut, 0)]
    [InlineData(Newtonsoft.Json.MemberSerialization.OptIn, 1)]
    [InlineData(Newtonsoft.Json.MissingMemberHandling.Ignore, 0)]
    [InlineData(System.Text.Json.Serialization.JsonObjectCreationHandling.Populate, 1)]
    [InlineData(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip, 0)]
    [InlineData(System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString, 1)]
    [InlineData(System.Text.Json.Serialization.JsonNumberHandling.WriteAsString, 2)]
    [InlineData(System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault, 2)]
    [InlineData(System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull, 3)]
    [InlineData(ProtoBuf.ImplicitFields.AllPublic, 1)]
    public void Values_of_enums_are_those_that_the_tables_expect(Enum value, int number) =>
        Assert.Equal(number, Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));

    private static bool IsAttribute(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsNamed("System.Attribute"))
                return true;
        }

        return false;
    }

    private static IEnumerable<(string Name, ITypeSymbol Type)> ArgumentsOf(INamedTypeSymbol attribute)
    {
        foreach (var parameter in attribute.InstanceConstructors.SelectMany(static constructor => constructor.Parameters))
            yield return (parameter.Name, parameter.Type);
        for (var level = attribute; level is not null; level = level.BaseType)
        {
            foreach (var property in level.GetMembers().OfType<IPropertySymbol>())
                yield return (property.Name, property.Type);
            foreach (var field in level.GetMembers().OfType<IFieldSymbol>())
                yield return (field.Name, field.Type);
        }
    }

    // Combined flags are below the sum of all of them.
    private static bool Fits(ITypeSymbol type, object value) => value is bool
        ? type.SpecialType == SpecialType.System_Boolean
        : type.TypeKind == TypeKind.Enum
            && (int)value <= type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)
                .Sum(static field => Convert.ToInt32(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture));
}

using EventBus.CompilerServices;
using EventBus.Generators.Contracts.Forms;
using EventBus.SampleContracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>The list of members on each emitted formatter, which the analyzers compare with the compiled type.</summary>
public sealed class MemberListTests
{
    [Theory]
    [InlineData("public record Value(int Id, string? Note, int @class) { public int Twice => Id * 2; }", "id note class")]
    [InlineData("public class Value : Base { public int Own { get; set; } } public class Base { public int Inherited; }", "inherited own")]
    [InlineData("public class Value { [JsonIgnore] public int Hidden { get; set; } [JsonInclude] private int Id { get; set; } }", "id")]
    [InlineData("public record Value([property: JsonPropertyName(\"a \\\"b\\\"\")] int Id, int Other);", "\"a \\\"b\\\"\" other")]
    [InlineData("[EmptyPayload] public record Value;", "")]
    public void Formatter_lists_the_names_on_the_wire(string payload, string list) =>
        Assert.Equal(list, ListOf("EventBus.Generated.ValueFormatter", Contract + payload));

    [Fact]
    public void Formatter_of_a_case_lists_the_members_without_the_discriminator() => Assert.Equal("name barks", ListOf(
        "EventBus.Generated.Value_As_DogFormatter",
        $"{Contract} [JsonDerivedType(typeof(Dog), 1)] public abstract record Value(string Name); "
            + "public record Dog(string Name, int Barks) : Value(Name);"));

    [Fact]
    public void List_of_many_members_has_several_lines()
    {
        var names = Enumerable.Range(0, 40).Select(static number => $"aLongNameOfAMember{number}").ToList();
        var source = $"{Contract} public record Value({string.Join(", ", names.Select(static name => $"int {name}"))});";
        var run = GeneratorRun.Of(source);

        run.AssertClean();
        Assert.Equal(names, MemberNames.Split(ListOf("EventBus.Generated.ValueFormatter", source)));
        var lines = run.Files["EventBus.Generated.ValueFormatter.g.cs"].Split('\n')
            .SkipWhile(static line => !line.Contains("PayloadMembers", StringComparison.Ordinal))
            .TakeWhile(static line => !line.Contains("struct", StringComparison.Ordinal)).ToList();
        Assert.NotEqual(1, lines.Count);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, 140));
    }

    [Fact]
    public void Assembly_contains_no_list() => Assert.DoesNotContain(
        typeof(Order).Assembly.GetTypes().SelectMany(static type => type.CustomAttributes),
        static attribute => attribute.AttributeType == typeof(PayloadMembersAttribute));

    private const string Contract =
        "using System.Text.Json.Serialization; [BroadcastEvent] public interface IEvents { void Sent(Value value); } ";

    private static string ListOf(string formatter, string source)
    {
        var run = GeneratorRun.Of(source);
        run.AssertClean();
        var attribute = Assert.Single(
            run.Output.GetTypeByMetadataName(formatter)!.GetAttributes(),
            static attribute => attribute.AttributeClass!.Name == nameof(PayloadMembersAttribute));
        return (string)attribute.ConstructorArguments[0].Value!;
    }
}

using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>Emitted code compiles for source that is legal but unusual.</summary>
public sealed class OddSourceTests
{
    [Theory]
    [InlineData(
        "void Ping(int TTarget, int target, int cancellationToken, string Context, EventContext context, "
        + "System.Threading.CancellationToken Size);")]
    [InlineData("void Ping(int PingEvent, string PingEvent_); void Pong(System.Threading.CancellationToken PongEvent);")]
    [InlineData("void TTarget(int value); [EventName(\"a\")] Task<int> TTarget(string value);")]
    [InlineData("Task<int> Ping(int TTarget, int answer, int handler, int value);")]
    [InlineData(
        "void Ping(string one = \"\\ud83d\\\"\\\\\\0\", char two = '\\ud83d', char three = '\\'', decimal four = -1.50m, float five = -0f, "
        + " double six = 1e300, Odd? seven = (Odd)9, Odd eight = Odd.@class, ulong nine = ulong.MaxValue, byte? ten = 3);")]
    [InlineData(
        "void Ping([System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DecimalConstant(1, 0, 0, 0, 15)] decimal one, "
        + "[System.Runtime.InteropServices.DefaultParameterValue(2), System.Runtime.InteropServices.Optional] int two, "
        + "int three, int four = 4);")]
    [InlineData("[System.Obsolete] void Ping(Old old = Old.Gone, Old? other = Old.Gone);")]
    [InlineData(
        "void Ping(Outer<int?>.Inner<string?>.Line line, Outer<string>.Inner<int>.Line other, "
        + "Outer<(int A, string? B)>.Inner<Odd>.Line third);")]
    [InlineData(
        "void Ping(Generic<Generic<Odd?>?> one, Generic one2, Generic_Of_Odd two, Generic<Odd> three, Nested.Deep four, "
        + "Nested_Deep five);")]
    [InlineData("void Ping(WithInit one, WithCtor two, Struct three, ReadOnlyStruct four, Hiding five, Named six);")]
    public void Emitted_code_odd_source_compiles_without_warnings(string members) =>
        AssertClean(GeneratorRun.Of(
            "#pragma warning disable CS0618, CS0612\nnamespace Odd.@namespace; "
            + $"[BroadcastEvent] public interface IOddEvents {{ {members} }}\n{Types}"));

    private const string Types = """
        public enum Odd : long { @class = long.MinValue, B = 1 }
        public enum Old { [System.Obsolete("gone", true)] Gone = 1 }
        public class Outer<T> { public class Inner<U> { public record Line(T One, U Two); } }
        public record Generic<T>(T Value);
        public record Generic(int Value);
        public record Generic_Of_Odd(int Value);
        public class Nested { public record Deep(int A); }
        public record Nested_Deep(int A);
        public record WithInit(int A, string B = "x\"")
        {
            public int C { get; init; } = 3; public required string? D { get; init; } public int @class { get; set; }
        }
        public class WithCtor
        {
            public WithCtor(int a) => A = a; public int A { get; } internal string? B { get; private set; }
            [System.Text.Json.Serialization.JsonInclude] private int C { get; init; } public string reader { get; set; } = "";
            public int position; public int members; public bool hasA { get; set; }
        }
        public record struct Struct(int A) { public Struct() : this(1) { } public int B { get; set; } = 2; }
        public readonly record struct ReadOnlyStruct(int A) { public ReadOnlyStruct() : this(1) { } }
        public class Base { public int A { get; set; } public virtual int B { get; set; } }
        public class Hiding : Base
        {
            public new string A { get; set; } = ""; public override int B { get => base.B; set => base.B = value; }
        }
        public class Named
        {
            [System.Text.Json.Serialization.JsonPropertyName("a\"\\\n\u2028")] public int A { get; set; }
            [System.Obsolete("gone", true)] public int B { get; set; }
        }
        """;

    private static void AssertClean(GeneratorRun run) => Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(static diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })
        .Where(static diagnostic => diagnostic.Id is not ("CS1591" or "CS8981"))
        .Select(static diagnostic => diagnostic.ToString()));
}

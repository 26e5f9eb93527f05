using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Shapes;

namespace EventBus.Generators.Tests.Contracts;

public sealed class ScalarBoundsTests
{
    // Limits can be declared of these, so their types give no bounds.
    private static readonly string[] Declared =
    [
        "StringFormatter", "ByteFormatter", "SByteFormatter", "Int16Formatter", "UInt16Formatter", "Int32Formatter",
        "UInt32Formatter", "Int64Formatter", "UInt64Formatter",
    ];

    public static TheoryData<string> Formatters =>
        [.. BuiltInFormatters.Scalars.Values.Concat(BuiltInFormatters.Binaries.Values).Append("ByteArrayFormatter").Except(Declared)];

    [Theory]
    [MemberData(nameof(Formatters))]
    public void Bounds_exist_for_every_built_in_formatter(string formatter)
    {
        var bounds = ScalarBounds.Find(formatter);

        Assert.NotNull(bounds);
        Assert.InRange(bounds.Value.Likely, bounds.Value.Least, bounds.Value.Greatest ?? long.MaxValue);
    }
}

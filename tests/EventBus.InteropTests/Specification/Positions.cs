namespace EventBus.InteropTests.Specification;

/// <summary>The specification in every position; see <see cref="Position"/> for the letters.</summary>
public static class Positions
{
    public sealed class MMMM(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DDDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DDDN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DDND(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DNDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NDDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DDNN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DNDN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DNND(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NDDN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NDND(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NNDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class DNNN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NDNN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NNDN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class NNND(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class PMMM(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class PDNN(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class PNDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);

    public sealed class EDDD(PositionFixture fixture, SpecificationTable table) : PositionTests(fixture, table);
}

using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

/// <summary>One suite for each contract. A check compares the list with the assembly of the contracts.</summary>
internal static class AllContracts
{
    public static IReadOnlyList<ISuite> Suites { get; } =
    [
        new Suite<IGlobalEvents>("/", static way => new GlobalEvents(way), GlobalEvents.Play),
        new Suite<IAnyEvents>("/", static way => new AnyEvents(way), AnyEvents.Play),
        new Suite<IChatEvents>("/chat", static way => new ChatEvents(way), ChatEvents.PlayAsync),
        new Suite<ICollectionEvents>("/", static way => new CollectionEvents(way), CollectionEvents.Play),
        new Suite<IDiamondEvents>("/", static way => new DiamondEvents(way), DiamondEvents.PlayAsync),
        new Suite<IFilledEvents>("/", static way => new FilledEvents(way), FilledEvents.Play),
        new Suite<IFormatterEvents>("/", static way => new FormatterEvents(way), FormatterEvents.Play),
        new Suite<ILeftEvents>("/", static way => new LeftEvents(way), LeftEvents.PlayAsync),
        new Suite<IMatrixEvents>("/", static way => new MatrixEvents(way), MatrixEvents.Play),
        new Suite<IMemberEvents>("/", static way => new MemberEvents(way), MemberEvents.Play),
        new Suite<IMoodEvents>("/", static way => new MoodEvents(way), MoodEvents.Play),
        new Suite<INameEvents>("/", static way => new NameEvents(way), NameEvents.Play),
        new Suite<IObliviousEvents>("/", static way => new ObliviousEvents(way), ObliviousEvents.Play),
        new Suite<IPollEvents>("/", static way => new PollEvents(way), PollEvents.PlayAsync),
        new Suite<IProvidedEvents>("/", static way => new ProvidedEvents(way), ProvidedEvents.PlayAsync),
        new Suite<IRightEvents>("/", static way => new RightEvents(way), RightEvents.PlayAsync),
        new Suite<IRootEvents>("/", static way => new RootEvents(way), RootEvents.PlayAsync),
        new Suite<IShopEvents>("/", static way => new ShopEvents(way), ShopEvents.Play),
        new Suite<ISizeEvents>("/größe", static way => new SizeEvents(way), SizeEvents.Play),
        new Suite<IUnionEvents>("/", static way => new UnionEvents(way), UnionEvents.Play),
        new Suite<IValueEvents>("/", static way => new ValueEvents(way), ValueEvents.Play),
        new Suite<Outer.INestedEvents>("/", static way => new NestedEvents(way), NestedEvents.Play),
    ];
}

using System.Net;
using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class ShopEvents(Way<IShopEvents> way) : Events<IShopEvents>(way), IShopEvents
{
    public void Placed(Order order) => Send(Target.Placed(order));

    public void Paged(Page<string> strict, Page<string?> lenient, Page<Line> numbers) => Send(Target.Paged(strict, lenient, numbers));

    public void Stocked(
        List<Line?[]?> lines, IReadOnlyDictionary<int, Order?> stock, Dictionary<Colour, HashSet<Guid>> colours,
        (int Id, string? Name)[] pairs) =>
        Send(Target.Stocked(lines, stock, colours, pairs));

    public static void Play(IShopEvents to)
    {
        to.Placed(Samples.Order);
        to.Paged(new(["a"], null), new(["b", null], "c"), new([], Samples.Line));
        to.Stocked(
            [[Samples.Line, null], null],
            new Dictionary<int, Order?> { [1] = Samples.Order, [2] = null },
            new() { [Colour.Red] = [Samples.Id] },
            [(1, null), (2, "b")]);
    }
}

internal sealed class MemberEvents(Way<IMemberEvents> way) : Events<IMemberEvents>(way), IMemberEvents
{
    public void Json(JsonMembers members) => Send(Target.Json(members));

    public void Data(DataMembers members) => Send(Target.Data(members));

    public void Packed(PackedMembers members) => Send(Target.Packed(members));

    public void Numbers(LenientNumbers numbers) => Send(Target.Numbers(numbers));

    public void Account(Account account) => Send(Target.Account(account));

    public void Counter(Counter counter) => Send(Target.Counter(counter));

    public void Savings(Savings savings) => Send(Target.Savings(savings));

    public static void Play(IMemberEvents to)
    {
        to.Json(new JsonMembers { Id = 1, Note = null, Weight = 2 });
        to.Data(new DataMembers { Id = 3, Page = 4 }.Remember("note"));
        to.Packed(new PackedMembers("made") { Id = 5 });
        to.Numbers(new LenientNumbers { Id = 6, Parts = new() { ["a"] = [(7, 0.5), (8, null)] }, Filled = { 9 } });
        to.Account(SampleContracts.Account.Open("ann", 12.50m, null));
        to.Counter(default(Counter).Next().Next());
        to.Savings(new Savings { Rate = 0.5 }.Save(10));
    }
}

internal sealed class FilledEvents(Way<IFilledEvents> way) : Events<IFilledEvents>(way), IFilledEvents
{
    public void Packed(Basket basket) => Send(Target.Packed(basket));

    // The constructor of a receiver adds its own items again.
    public void Preset(Preset preset) => Send(Target.Preset(preset.WithoutFirst()));

    public void Stored(Shelf shelf) => Send(Target.Stored(shelf));

    public void Nested(Nest nest) => Send(Target.Nested(nest));

    public static void Play(IFilledEvents to)
    {
        var basket = new Basket { Owner = "ann" }.Hide(Samples.Id);
        basket.Articles.AddRange(["tea", null]);
        basket.Stack.Push(1);
        basket.Stack.Push(2);
        basket.Queue.Enqueue(3);
        basket.Points.Add(new Point { X = 1 });
        basket.Colours.Add(Colour.Red, Samples.Line);
        basket.SortedList.Add(4, 5);
        basket.Concurrent["tea"] = 6;
        to.Packed(basket);
        to.Preset(new Preset { Names = { "second" } });
        to.Stored(new Shelf("list") { Items = { 7 }, Prices = { ["tea"] = 8 } });
        to.Nested(new Nest { Inner = { new Nest() } });
    }
}

internal sealed class MoodEvents(Way<IMoodEvents> way) : Events<IMoodEvents>(way), IMoodEvents
{
    public void Felt(Mood mood, Tones? tones) => Send(Target.Felt(mood, tones));

    public void Counted(Dictionary<Mood, int> moods, IReadOnlyDictionary<Tones, bool> tones) => Send(Target.Counted(moods, tones));

    public static void Play(IMoodEvents to)
    {
        to.Felt(Mood.Happy, Tones.High | Tones.Low);
        to.Counted(new() { [Mood.Sad] = 1 }, new Dictionary<Tones, bool> { [Tones.None] = true });
    }
}

internal sealed class FormatterEvents(Way<IFormatterEvents> way) : Events<IFormatterEvents>(way), IFormatterEvents
{
    public void Paid(Money money, Money? nothing, IReadOnlyList<Money> all) => Send(Target.Paid(money, nothing, all));

    public void Signed(long signature, long? nothing) => Send(Target.Signed(signature, nothing));

    public void Stamped(Stamp stamp) => Send(Target.Stamped(stamp));

    public void Connected(IPEndPoint address, IPEndPoint? nothing, Peer peer) => Send(Target.Connected(address, nothing, peer));

    public static void Play(IFormatterEvents to)
    {
        to.Paid(new(1.5m, "EUR"), null, [new(2m, "USD")]);
        to.Signed(255, null);
        to.Stamped(new(16) { Check = 17 });
        var peer = new Peer(new(IPAddress.IPv6Loopback, 2), new Dictionary<string, IPEndPoint?> { ["a"] = null });
        to.Connected(new(IPAddress.Loopback, 1), null, peer);
    }
}

internal sealed class UnionEvents(Way<IUnionEvents> way) : Events<IUnionEvents>(way), IUnionEvents
{
    public void Moved(Animal animal, IReadOnlyList<Animal?> others) => Send(Target.Moved(animal, others));

    public void Barked(Dog dog) => Send(Target.Barked(dog));

    public void Paid(IPayment payment) => Send(Target.Paid(payment));

    public void Drawn(Shape shape) => Send(Target.Drawn(shape));

    public void Computed(Expression expression) => Send(Target.Computed(expression));

    public static void Play(IUnionEvents to)
    {
        to.Moved(new Dog("rex", 3), [new Cat("tom", null), new Puppy("bo", 1), null]);
        to.Barked(new Dog("rex", 4));
        to.Paid(new Cash(1.50m));
        to.Drawn(new Circle { Label = "round", Radius = 2 });
        to.Computed(Samples.Tree);
    }
}

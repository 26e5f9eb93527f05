using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class UnionEventsTests
{
    private const int Deepest = 126;

    private readonly IUnionEvents _handler;
    private readonly Recorder<IUnionEvents> _recorder;

    public UnionEventsTests() => (_handler, _recorder) = Recorder<IUnionEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_every_case(ValueEncoding encoding)
    {
        var emitter = new Loopback<IUnionEvents>(encoding, _handler).Emitter;
        Animal?[] others = [new Cat("c", "ann"), null, new Puppy("p", 0), new Dog("d", 3)];

        await emitter.Moved(new Puppy("p", 1), others);
        Assert.Equal(new Puppy("p", 1), _recorder.Last.Arguments[0]);
        Assert.Equal(others, Assert.IsAssignableFrom<IReadOnlyList<Animal?>>(_recorder.Last.Arguments[1]));

        await emitter.Barked(new Dog("d", 2));
        Assert.Equal(new Dog("d", 2), _recorder.Last.Arguments[0]);
        await emitter.Paid(new Cash(1.5m));
        Assert.Equal(new Cash(1.5m), _recorder.Last.Arguments[0]);
        await emitter.Paid(new Card { Scheme = "s" });
        Assert.Equal(new Card { Scheme = "s" }, _recorder.Last.Arguments[0]);

        await emitter.Drawn(new Shape { Label = "s" });
        Assert.Equal("s", Assert.IsType<Shape>(_recorder.Last.Arguments[0]).Label);
        await emitter.Drawn(new Circle { Label = "c", Radius = 0.5 });
        Assert.Equal(("c", 0.5), (Assert.IsType<Circle>(_recorder.Last.Arguments[0]).Label, ((Circle)_recorder.Last.Arguments[0]!).Radius));

        var tree = new Sum(new Sum(new Literal(1), new Literal(2)), new Literal(3));
        await emitter.Computed(tree);
        Assert.Equal(tree, _recorder.Last.Arguments[0]);
    }

    [Fact]
    public async Task Write_puts_the_discriminator_first()
    {
        var loopback = new Loopback<IUnionEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Moved(new Dog("d", 1), [new Cat("c", null)]);
        Assert.Equal("""["moved",{"$type":"dog","name":"d","barks":1},[{"$type":2,"name":"c","owner":null}]]""", loopback.Wire);
        await loopback.Emitter.Barked(new Dog("d", 1));
        Assert.Equal("""["barked",{"name":"d","barks":1}]""", loopback.Wire);
        await loopback.Emitter.Paid(new Cash(1));
        Assert.Equal("""["paid",{"kind":"cash","amount":"1"}]""", loopback.Wire);
        await loopback.Emitter.Drawn(new Shape());
        Assert.Equal("""["drawn",{"label":null}]""", loopback.Wire);
    }

    [Theory]
    [InlineData(
        """["computed",{"left":{"value":1,"$type":"literal"},"$type":"sum","right":{"$type":"literal","value":2,"unknown":[{}]}}]""")]
    [InlineData("""["computed",{"right":{"value":2,"$type":"literal"},"left":{"value":1,"\u0024type":"lit\u0065ral"},"$type":"sum"}]""")]
    public async Task Read_accepts_the_discriminator_anywhere(string data)
    {
        await new Loopback<IUnionEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data);

        Assert.Equal(new Sum(new Literal(1), new Literal(2)), _recorder.Last.Arguments[0]);
    }

    [Theory]
    [InlineData("""["moved",{"$type":"cow","name":"c"},[]]""", "animal.$type", "The discriminator is none of those of 'Animal'.")]
    [InlineData("""["moved",{"$type":3,"name":"c"},[]]""", "animal.$type", "The discriminator is none of those of 'Animal'.")]
    [InlineData("""["moved",{"name":"c","$type":null},[]]""", "animal.$type", "Expected an integer, found null.")]
    [InlineData("""["moved",{"name":"c"},[]]""", "animal.$type", "The member '$type' of 'Animal' is missing.")]
    [InlineData("""["moved",{"$type":"dog","name":"c"},[]]""", "animal.barks", "The member 'barks' of 'Dog' is missing.")]
    [InlineData("""["paid",{"kind":1}]""", "payment.kind", "Expected text, found a number.")]
    [InlineData("""["drawn",{"$type":"square"}]""", "shape.$type", "The discriminator is none of those of 'Shape'.")]
    [InlineData("""["moved","dog",[]]""", "animal", "Expected a map, found text.")]
    public async Task Read_unknown_case_throws(string data, string path, string message)
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IUnionEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data));

        Assert.Equal(path, error.Path);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_unlisted_case_throws()
    {
        var emitter = new Loopback<IUnionEvents>(ValueEncoding.Json, _handler).Emitter;

        var error = await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Moved(new Ghost("g"), []));
        Assert.Contains("'EventBus.SampleContracts.Ghost' is none of the cases of 'Animal'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Moved(null!, []));
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Tree_depth_is_limited_by_the_wire(ValueEncoding encoding)
    {
        var emitter = new Loopback<IUnionEvents>(encoding, _handler).Emitter;
        Expression tree = new Literal(0);
        for (var depth = 1; depth < Deepest; depth++)
            tree = new Sum(tree, new Literal(depth));

        await emitter.Computed(new Sum(tree, new Literal(Deepest)));
        Assert.Equal(new Sum(tree, new Literal(Deepest)), _recorder.Last.Arguments[0]);
        await Assert.ThrowsAsync<EventSerializationException>(
            async () => await emitter.Computed(new Sum(new Sum(tree, new Literal(0)), new Literal(0))));
    }
}

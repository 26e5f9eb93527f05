using EventBus.CompilerServices;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class ChatEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly ChatRecorder _recorder = new();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Emit_to_all_to_a_room_and_post_are_received(ValueEncoding encoding)
    {
        var loopback = new Loopback<IChatEvents>(encoding, _recorder);
        var emitter = loopback.Emitter;

        await emitter.Ping(Noon);
        Assert.Equal(0, loopback.Rooms.Count);
        await emitter.To("r1").Ping(Noon.AddHours(1), TestContext.Current.CancellationToken);
        Assert.Equal(["r1"], loopback.Rooms.ToArray());
        Assert.Equal(TestContext.Current.CancellationToken, loopback.CancellationToken);
        Assert.True(emitter.To("r2").Post.Ping(Noon.AddHours(2)));
        Assert.Equal(["r2"], loopback.Rooms.ToArray());
        await emitter.Idle();

        Assert.Equal(
            [
                "ping 2026-11-22T12:00:00.0000000+00:00",
                "ping 2026-11-22T13:00:00.0000000+00:00",
                "ping 2026-11-22T14:00:00.0000000+00:00",
                "idle",
            ],
            _recorder.Received);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Emit_without_optional_arguments_sends_defaults(ValueEncoding encoding)
    {
        var emitter = new Loopback<IChatEvents>(encoding, _recorder).Emitter;

        await emitter.Message("ann");
        await emitter.Message("ann", priority: null);
        await emitter.Message("ann", "bye", Priority.Low);

        Assert.Equal(["ann: hi \"there\"\n (High)", "ann: hi \"there\"\n ()", "ann: bye (Low)"], _recorder.Received);
    }

    [Fact]
    public async Task Receive_fewer_arguments_uses_defaults()
    {
        var loopback = new Loopback<IChatEvents>(ValueEncoding.Json, _recorder);

        await loopback.ReceiveAsync("""["message","ann"]""");
        await loopback.ReceiveAsync("""["message","ann","hello"]""");
        await loopback.ReceiveAsync("""["message","ann","hello",0,"from a newer sender",{}]""");

        Assert.Equal(["ann: hi \"there\"\n (High)", "ann: hello (High)", "ann: hello (Low)"], _recorder.Received);
    }

    [Theory]
    [InlineData("""["message"]""", "The event 'message' cannot be read at 'user': The argument 'user' is missing.")]
    [InlineData("""["message",1]""", "The event 'message' cannot be read at 'user': ")]
    [InlineData("""["message",null]""", "The event 'message' cannot be read at 'user': ")]
    [InlineData("""["ping","no date"]""", "The event 'ping' cannot be read at 'at': ")]
    public async Task Receive_argument_of_another_type_throws_with_its_name(string data, string message)
    {
        var loopback = new Loopback<IChatEvents>(ValueEncoding.Json, _recorder);

        var error = await Assert.ThrowsAsync<EventSerializationException>(async () => await loopback.ReceiveAsync(data));

        Assert.StartsWith(message, error.Message);
        Assert.True(error.Position > 0);
        Assert.Empty(_recorder.Received);
    }

    [Fact]
    public async Task Emit_null_for_a_required_argument_throws()
    {
        var emitter = new Loopback<IChatEvents>(ValueEncoding.Json, _recorder).Emitter;

        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Message(null!));
    }

    [Fact]
    public async Task Receive_awaits_the_handler()
    {
        var emitter = new Loopback<IChatEvents>(ValueEncoding.MessagePack, _recorder).Emitter;

        var sending = emitter.Photo("ann", new byte[] { 1, 2, 255 }).AsTask();
        Assert.False(sending.IsCompleted);
        _recorder.MayFinish.SetResult();
        await sending;

        Assert.Equal(["ann 0102FF"], _recorder.Received);
    }

    [Fact]
    public async Task Names_on_the_wire_are_camelCase_or_declared()
    {
        var loopback = new Loopback<IChatEvents>(ValueEncoding.Json, _recorder);

        await loopback.Emitter.Ping(Noon);
        Assert.Equal("""["ping","2026-11-22T12:00:00.000Z"]""", loopback.Wire);
        await loopback.Emitter.Idle();
        Assert.Equal("""["idle!"]""", loopback.Wire);
    }

    [Fact]
    public void Contract_is_registered_with_its_bus_namespace() => Assert.Equal("/chat", Contract<IChatEvents>.Required.Namespace);
}

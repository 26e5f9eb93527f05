using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class ChatEvents(Way<IChatEvents> way) : Events<IChatEvents>(way), IChatEvents
{
    public void Ping(DateTimeOffset at) => Send(Target.Ping(at));

    public ValueTask Message(string user, string text, Priority? priority) => new(Send(Target.Message(user, text, priority)));

    public Task Photo(string user, ReadOnlyMemory<byte> jpeg) => Send(Target.Photo(user, jpeg));

    public void Idle() => Send(Target.Idle());

    public static async Task PlayAsync(IChatEvents to)
    {
        to.Ping(Samples.At);
        await to.Message("ann");
        await to.Photo("bob", Samples.Bytes);
        to.Idle();
    }
}

internal sealed class PollEvents(Way<IPollEvents> way) : Events<IPollEvents>(way), IPollEvents
{
    public void Opened(string question) => Send(Target.Opened(question));

    public ValueTask<int> Vote(string question, int choices) =>
        new(RequestAsync(target => target.Vote(question, choices), question.Length + choices));

    public Task<Order?> Read() => RequestAsync<Order?>(static target => target.Read(), Samples.Order);

    public ValueTask<ReadOnlyMemory<byte>> Sign(byte[] seal) =>
        new(RequestAsync<ReadOnlyMemory<byte>>(target => target.Sign(seal), Array.ConvertAll(seal, static item => (byte)~item)));

    public ValueTask<(string? Name, DateTimeOffset? At)> Last() =>
        new(RequestAsync<(string?, DateTimeOffset?)>(static async target => await target.Last(), ("ann", Samples.At)));

    public ValueTask<bool> Connected() => new(RequestAsync(static target => target.Connected(), true));

    public static async Task PlayAsync(IPollEvents to)
    {
        to.Opened("tea?");
        Expect.Equal(7, await to.Vote("tea?", 3), "vote");
        var order = await to.Read();
        Expect.Equal(Samples.Order.Id, order?.Id, "the order's id");
        Expect.Equal(Samples.Order.Lines[0], order?.Lines[0], "the order's line");
        Expect.Equal(Samples.Order.Replaces?.Customer, order?.Replaces?.Customer, "the customer of the order that it replaces");
        Expect.Equal("FFFE00", Convert.ToHexString((await to.Sign(Samples.Bytes)).Span), "the signature");
        Expect.Equal(("ann", Samples.At), await to.Last(), "the last");
        Expect.True(await to.Connected(), "The ack of 'connection' is false.");
    }
}

internal sealed class ProvidedEvents(Way<IProvidedEvents> way) : Events<IProvidedEvents>(way), IProvidedEvents
{
    private static readonly EventContext Nowhere = new() { Namespace = "/" };

    public ValueTask Said(string user, EventContext context, string text, CancellationToken stop)
    {
        Expect.Equal("/", context.Namespace, "the namespace of the context");
        return new(Send(Target.Said(user, text, stop)));
    }

    public Task<int> Counted(EventContext target, int cancellationToken, CancellationToken value) =>
        RequestAsync(room => room.Counted(cancellationToken, value), cancellationToken + 1);

    public void Stopped(CancellationToken target) => Send(Target.Stopped(target));

    public static async Task PlayAsync(IProvidedEvents to)
    {
        await to.Said("ann", Nowhere);
        Expect.Equal(6, await to.Counted(Nowhere, 5, default), "the count");
        to.Stopped(default);
    }
}

namespace EventBus.AotTests;

/// <summary>The events of one contract.</summary>
internal interface ISuite
{
    string Contract { get; }

    /// <summary>Adds the handler that forwards every event to another room.</summary>
    Task HandleAsync(IEventBus bus, string node);

    /// <summary>Sends every event to another node, and compares the forwarded events with the sent ones.</summary>
    Task<SuiteResult> PlayAsync(IEventBus bus, string peer);
}

/// <param name="Called">The methods of the contract that were called.</param>
/// <param name="Sent">The one-way events that were sent.</param>
internal sealed record SuiteResult(IReadOnlyList<string> Called, IReadOnlyList<TappedEvent> Sent);

/// <param name="busNamespace">The bus namespace of the contract.</param>
/// <param name="create">Creates the implementation that sends events.</param>
/// <param name="playAsync">Calls every method of the contract.</param>
internal sealed class Suite<TContract>(
    string busNamespace, Func<Way<TContract>, Events<TContract>> create, Func<TContract, Task> playAsync) : ISuite
    where TContract : class
{
    public Suite(string busNamespace, Func<Way<TContract>, Events<TContract>> create, Action<TContract> play)
        : this(
            busNamespace,
            create,
            to =>
            {
                play(to);
                return Task.CompletedTask;
            })
    {
    }

    public string Contract { get; } = typeof(TContract).FullName!;

    public async Task HandleAsync(IEventBus bus, string node)
    {
        var forwarder = Create(new Way<TContract>(bus.Emitter<TContract>().To(Room.OfEcho<TContract>(node)), AckTarget: null));
        bus.HandleServerSide(forwarder.Contract);
        await bus.AddHandlerAsync(forwarder.Contract, [Room.Of<TContract>(node), Room.OfAcks<TContract>(node)]);
    }

    public async Task<SuiteResult> PlayAsync(IEventBus bus, string peer)
    {
        await using var originals = await Tap.ConnectAsync(bus, busNamespace, Room.Of<TContract>(peer));
        await using var echoes = await Tap.ConnectAsync(bus, busNamespace, Room.OfEcho<TContract>(peer));
        var emitter = bus.Emitter<TContract>();
        var (events, contract) = Create(new Way<TContract>(
            emitter.To(Room.Of<TContract>(peer)), emitter.To(Room.OfAcks<TContract>(peer))));

        await playAsync(contract);
        await events.SendingAsync();

        var sent = await originals.TakeAsync(events.Sent);
        var returned = await echoes.TakeAsync(events.Sent);
        foreach (var (original, echo) in sent.Zip(returned))
            Expect.True(original.HasSame(echo), $"{original} was forwarded as {echo}.");
        return new SuiteResult(events.Called, sent);
    }

    private (Events<TContract> Events, TContract Contract) Create(Way<TContract> way)
    {
        var events = create(way);
        return (events, (TContract)(object)events);
    }
}

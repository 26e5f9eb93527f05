namespace EventBus;

/// <summary>How many bytes of JSON the whole notification of one event takes, as the compiler knows it from types and declared limits: <c>EventSize.Of&lt;IChatEvents&gt;("message")</c>.</summary>
/// <remarks>
/// <para>It holds for what is broadcast with values within the limits that <c>[MaxLength]</c>, <c>[MinLength]</c>, <c>[Length]</c>, <c>[StringLength]</c> and <c>[Range]</c> declare, which nobody
/// enforces, and with enum values that have a name. An event that gets as long as <see cref="EventBusOptions.PayloadThreshold"/> says is attached: never lost or cut for its size.</para>
/// <para>Binary is not counted. It makes an attachment of every event that holds some.</para>
/// </remarks>
public readonly record struct EventSize
{
    /// <summary>No notification of the event is shorter: everything as short as it can be, and no rooms.</summary>
    public required long Least { get; init; }

    /// <summary>What a notification with typical values takes: an estimate, whose numbers the guide to sizes lists.</summary>
    public required long Likely { get; init; }

    /// <summary>
    /// No notification is longer, as long as the names of rooms that it goes to, or not to, take at most 256 bytes together. Null where something is not bounded, or may be binary: below the threshold
    /// it says that the event never needs an attachment.
    /// </summary>
    public long? Greatest { get; init; }

    /// <summary>Whether every such event travels as an attachment: it holds binary, or cannot be short enough for PostgreSQL.</summary>
    public bool IsAlwaysAttached { get; init; }

    /// <summary>The size of one event of a contract.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="eventName">The event's name on the wire, as <c>message</c> for a method <c>Message</c>.</param>
    /// <exception cref="ArgumentException">The contract has no event of that name; the message lists those it has.</exception>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static EventSize Of<TContract>(string eventName)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(eventName);
        var all = AllOf<TContract>();
        return all.TryGetValue(eventName, out var size)
            ? size
            : throw new ArgumentException(
                $"'{typeof(TContract)}' has no event that is called '{eventName}' on the wire, but {string.Join(", ", all.Keys.Order(StringComparer.Ordinal).Select(static name => $"'{name}'"))}.", nameof(eventName));
    }

    /// <summary>The sizes of all events of a contract, those it inherits included, by their names on the wire.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static IReadOnlyDictionary<string, EventSize> AllOf<TContract>()
        where TContract : class
        => ContractSizes<TContract>.Required;

    /// <summary>
    /// Measures one event with its values before it is sent: <c>EventSize.Measure(emitter.To("r1"), to =&gt; to.Message("ann", text))</c>.
    /// The event is encoded as the target would encode it: with its rooms, flags, bus namespace and node, or within its transaction.
    /// Nothing is sent.
    /// </summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="target">The target that the event is meant for.</param>
    /// <param name="send">Sends one event to the operator it receives.</param>
    /// <exception cref="EventSerializationException">The event can't be written.</exception>
    /// <exception cref="InvalidOperationException">The function did not send exactly one event.</exception>
    public static MeasuredEvent Measure<TContract>(IEventTarget<TContract> target, Func<MeasureOperator<TContract>, ValueTask> send)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(send);
        var measurement = new EventMeasurement();
        return measurement.Complete(send(new MeasureOperator<TContract>(target, ackTarget: null, measurement)).AsTask());
    }

    /// <summary>Measures one acknowledged event with its values before it is sent: <c>EventSize.Measure(emitter.All, to =&gt; to.Vote("tea?"))</c>. Nothing is sent, and the function receives no acks.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="TAnswer">The type of an ack.</typeparam>
    /// <inheritdoc cref="Measure{TContract}"/>
    public static MeasuredEvent Measure<TContract, TAnswer>(IAckTarget<TContract> target, Func<MeasureOperator<TContract>, ValueTask<Acks<TAnswer>>> send)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(send);
        var measurement = new EventMeasurement();
        return measurement.Complete(send(new MeasureOperator<TContract>(target: null, target, measurement)).AsTask());
    }
}

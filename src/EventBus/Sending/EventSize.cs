namespace EventBus;

/// <summary>
/// How many bytes of JSON the notification of one event takes, computed by the compiler from types and declared limits:
/// <c>EventSize.Of&lt;IChatEvents&gt;("message")</c>.
/// </summary>
/// <remarks>
/// <para>The bounds hold for broadcasts whose values respect the limits that <c>[MaxLength]</c>, <c>[MinLength]</c>, <c>[Length]</c>,
/// <c>[StringLength]</c> and <c>[Range]</c> declare (they are not enforced), and whose enum values have a name. If an event reaches
/// <see cref="EventBusOptions.PayloadThreshold"/>, it is attached; it is never lost or cut for its size.</para>
/// <para>Binary is not counted: every event that contains binary is attached.</para>
/// </remarks>
public readonly record struct EventSize
{
    /// <summary>The lower bound: every value as short as possible, and no rooms.</summary>
    public required long Least { get; init; }

    /// <summary>An estimate for typical values. The guide to sizes lists its numbers.</summary>
    public required long Likely { get; init; }

    /// <summary>
    /// The upper bound, if the names of the rooms in <c>To</c> and <c>Except</c> take at most 256 bytes together. Null if a value is not
    /// bounded or may be binary. If it is below the threshold, the event never needs an attachment.
    /// </summary>
    public long? Greatest { get; init; }

    /// <summary>Whether every such event travels as an attachment: it contains binary, or can't be short enough for PostgreSQL.</summary>
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
                $"'{typeof(TContract)}' has no event with the name '{eventName}' on the wire. Its events are {Names(all.Keys)}.", nameof(
                    eventName));
    }

    /// <summary>The sizes of all events of a contract, those it inherits included, by their names on the wire.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static IReadOnlyDictionary<string, EventSize> AllOf<TContract>()
        where TContract : class
        => DefinedContract<TContract>.Required.Sizes;

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

    /// <summary>
    /// Measures one acknowledged event with its values before it is sent: <c>EventSize.Measure(emitter.All, to =&gt; to.Vote("tea?"))</c>.
    /// Nothing is sent, and the function receives no acks.
    /// </summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="TAnswer">The type of an ack.</typeparam>
    /// <inheritdoc cref="Measure{TContract}"/>
    public static MeasuredEvent Measure<TContract, TAnswer>(
        IAckTarget<TContract> target, Func<MeasureOperator<TContract>, ValueTask<Acks<TAnswer>>> send)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(send);
        var measurement = new EventMeasurement();
        return measurement.Complete(send(new MeasureOperator<TContract>(target: null, target, measurement)).AsTask());
    }

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(static name => $"'{name}'"));
}

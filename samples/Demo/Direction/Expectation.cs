namespace EventBus.Samples.Demo.Direction;

/// <summary>A row that was played: what its receivers have to get, and what was seen of it on its way.</summary>
internal sealed record Expectation(Row Row, int Number, string Digest, double SentAt, Observation Seen)
{
    /// <summary>Whether it went the way, and with the size, that the plan says. An attachment's size is its own.</summary>
    public bool WentAsPlanned => Seen.Way == Row.Way && (Row.Bytes is null || Seen.Way == Way.Attachment || Seen.Bytes == Row.Bytes);

    /// <summary>Who should have it and has not.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<Delivery> deliveries) =>
        Row.Receivers.Where(receiver => !deliveries.Any(delivery => IsOf(delivery) && delivery.Receiver == receiver));

    /// <summary>Whether it is a delivery of this row, whoever got it, and as it was sent.</summary>
    public bool IsOf(Delivery delivery) => delivery.Row == Number && delivery.Digest == Digest;
}

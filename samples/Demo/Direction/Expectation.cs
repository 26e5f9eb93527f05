namespace EventBus.Samples.Demo.Direction;

/// <summary>A row of the plan that was sent, with the expected value and the observation on its way.</summary>
internal sealed record Expectation(Row Row, int Number, string Digest, double SentAt, Observation Seen)
{
    /// <summary>Whether its form and size are those of the plan. The plan has no sizes of attachments.</summary>
    public bool WentAsPlanned => Seen.Way == Row.Way && (Row.Bytes is null || Seen.Way == Way.Attachment || Seen.Bytes == Row.Bytes);

    /// <summary>The receivers that should have it and do not.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<Delivery> deliveries) =>
        Row.Receivers.Where(receiver => !deliveries.Any(delivery => IsOf(delivery) && delivery.Receiver == receiver));

    /// <summary>Whether it is an unchanged delivery of this row, to any receiver.</summary>
    public bool IsOf(Delivery delivery) => delivery.Row == Number && delivery.Digest == Digest;
}

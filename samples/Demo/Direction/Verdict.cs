namespace EventBus.Samples.Demo.Direction;

/// <summary>Says whether every expected delivery, and no other, happened, and what is wrong where not.</summary>
internal static class Verdict
{
    /// <returns>Whether all is as planned.</returns>
    public static bool Print(IReadOnlyList<Expectation> expected, IReadOnlyList<Delivery> deliveries)
    {
        string[] faults =
        [
            .. expected.Where(static row => !row.WentAsPlanned).Select(static row => $"'{row.Row.Title}' went as {row.Seen.Way.ToName()} of {row.Seen.Bytes} bytes."),
            .. expected.SelectMany(row => row.Missing(deliveries).Select(receiver => $"{receiver} did not get '{row.Row.Title}'.")),
            .. deliveries.Where(delivery => !expected.Any(row => row.IsOf(delivery) && row.Row.Receivers.Contains(delivery.Receiver)))
                .Select(static delivery => $"{delivery.Receiver} got row {delivery.Row} with {delivery.Digest}, which was not for it or not as it was sent."),
            .. deliveries.GroupBy(static delivery => (delivery.Receiver, delivery.Row)).Where(static same => same.Count() > 1)
                .Select(static same => $"{same.Key.Receiver} got row {same.Key.Row} {same.Count()} times."),
        ];

        Console.WriteLine();
        foreach (var fault in faults)
            Console.WriteLine($"WRONG: {fault}");
        if (faults.Length == 0)
            Console.WriteLine($"{deliveries.Count} deliveries: every expected one, and no other.");
        return faults.Length == 0;
    }
}

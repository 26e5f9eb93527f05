namespace EventBus.Samples.Demo.Direction;

/// <summary>Compares the deliveries with the plan, and prints the differences.</summary>
internal static class Verdict
{
    /// <returns>Whether every expected delivery happened, and no other.</returns>
    public static bool Print(IReadOnlyList<Expectation> expected, IReadOnlyList<Delivery> deliveries)
    {
        string[] faults =
        [
            .. from row in expected
               where !row.WentAsPlanned
               select $"'{row.Row.Title}' was {row.Seen.Way.ToName()} of {row.Seen.Bytes} bytes.",
            .. from row in expected
               from receiver in row.Missing(deliveries)
               select $"{receiver} did not get '{row.Row.Title}'.",
            .. from delivery in deliveries
               where !expected.Any(row => row.IsOf(delivery) && row.Row.Receivers.Contains(delivery.Receiver))
               select $"{delivery.Receiver} got row {delivery.Row} with {delivery.Digest}, which was for another receiver or was changed.",
            .. from delivery in deliveries
               group delivery by (delivery.Receiver, delivery.Row) into same
               where same.Count() > 1
               select $"{same.Key.Receiver} got row {same.Key.Row} {same.Count()} times.",
        ];

        Console.WriteLine();
        foreach (var fault in faults)
            Console.WriteLine($"WRONG: {fault}");
        if (faults.Length == 0)
            Console.WriteLine($"{deliveries.Count} deliveries: every expected one, and no other.");
        return faults.Length == 0;
    }
}

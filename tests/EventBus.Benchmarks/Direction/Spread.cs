namespace EventBus.Benchmarks.Direction;

/// <summary>The median, the least and the greatest of some values.</summary>
internal readonly record struct Spread(int Count, double Median, double Least, double Greatest)
{
    /// <param name="values">The values; null is none.</param>
    public static Spread Of(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return default;
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted.Length, median, sorted[0], sorted[^1]);
    }
}

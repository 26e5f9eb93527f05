using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>The greatest round length with which an event fits a notification, where every text and collection that has no limit gets that one.</summary>
internal static class FittingLength
{
    // Where the event stays unbounded for other reasons, there is nothing to compute.
    private const long Otherwise = 100;

    /// <summary>Null where no length is short enough.</summary>
    public static long? Find(IMethodSymbol method, int threshold, Compilation compilation)
    {
        var shapes = new TypeShapeReader(compilation);
        if (Greatest(method, 1, shapes) is not { } least)
            return Otherwise;
        if (least >= threshold)
            return null;

        long fits = 1, tooLong = threshold;
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (Greatest(method, middle, shapes) < threshold)
                fits = middle;
            else
                tooLong = middle;
        }

        return Round(fits);
    }

    private static long? Greatest(IMethodSymbol method, long length, TypeShapeReader shapes) =>
        EventBounds.Of(method, method.ContainingType, new TypeBounds(shapes) { AssumedLength = length }).Greatest;

    // Two digits say enough.
    private static long Round(long length)
    {
        var unit = 1L;
        while (length / unit >= 100)
            unit *= 10;
        return length / unit * unit;
    }
}

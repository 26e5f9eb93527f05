using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>The greatest round length with which an event fits a notification, if all unlimited texts and collections have it.</summary>
internal static class FittingLength
{
    // The length if the event stays unbounded for other reasons.
    private const long Otherwise = 100;

    /// <summary>Null if no length is short enough.</summary>
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

    // To two digits.
    private static long Round(long length)
    {
        var unit = 1L;
        while (length / unit >= 100)
            unit *= 10;
        return length / unit * unit;
    }
}

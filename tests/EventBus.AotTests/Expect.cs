namespace EventBus.AotTests;

/// <summary>The conditions of the checks.</summary>
internal static class Expect
{
    public static void True(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }

    public static void Equal<T>(T expected, T actual, string name)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{name}: expected {expected}, but got {actual}.");
    }

    public static void Sequence(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string name)
    {
        if (!expected.SequenceEqual(actual))
            throw new InvalidOperationException(
                $"{name}: missing {string.Join(", ", expected.Except(actual))}; "
                + $"unexpected {string.Join(", ", actual.Except(expected))}; {expected.Count} were expected and {actual.Count} came.");
    }
}

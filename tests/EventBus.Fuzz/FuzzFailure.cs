namespace EventBus.Fuzz;

/// <summary>An input that broke a promise.</summary>
internal sealed class FuzzFailure(string what, ReadOnlySpan<byte> input, Exception? innerException = null)
    : Exception($"{what}\ninput: {Convert.ToHexStringLower(input)}", innerException);

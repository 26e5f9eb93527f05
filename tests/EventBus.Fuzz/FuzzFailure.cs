namespace EventBus.Fuzz;

/// <summary>An input that broke a promise.</summary>
internal sealed class FuzzFailure(string failure, ReadOnlySpan<byte> input, Exception? innerException = null)
    : Exception($"{failure}\ninput: {Convert.ToHexStringLower(input)}", innerException);

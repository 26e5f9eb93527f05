using EventBus.Transport.Connections;

namespace EventBus.Tests.Transport;

public sealed class ConnectionAttemptsTests
{
    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(0.01, 1.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(1.0, 2.0)]
    [InlineData(2.5, 5.0)]
    [InlineData(10.0, 5.0)]
    public void LimitAfter_slow_first_connection_raises_it_to_a_bound(double? seconds, double limit) =>
        Assert.Equal(
            TimeSpan.FromSeconds(limit),
            ConnectionAttempts.LimitAfter(seconds is { } usual ? TimeSpan.FromSeconds(usual) : null));
}

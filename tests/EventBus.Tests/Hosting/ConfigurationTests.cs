using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventBus.Tests.Hosting;

public sealed class ConfigurationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_options_and_invalid_values_are_reported_together()
    {
        var failures = await FailuresAsync(
            ("EventBus:PublishTimout", "00:00:05"), ("EventBus:ChannelPrefx", "chat"), ("EventBus:SocketQueueEvents", "0"));
        Assert.Equal(3, failures.Length);
        Assert.Contains(failures, static text => text.Contains("'EventBus:PublishTimout'", StringComparison.Ordinal)
            && text.Contains("Did you mean PublishTimeout?", StringComparison.Ordinal));
        Assert.Contains(failures, static text => text.Contains("Did you mean ChannelPrefix?", StringComparison.Ordinal));
        Assert.Contains(failures, static text => text.Contains("SocketQueueEvents: is '0'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_option_that_resembles_none_lists_the_options()
    {
        var failure = Assert.Single(await FailuresAsync(("EventBus:Colour", "red")));
        Assert.DoesNotContain("Did you mean", failure, StringComparison.Ordinal);
        Assert.Contains("TableName", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_section_of_a_bus_that_is_not_registered_is_named()
    {
        var failure = Assert.Single(await FailuresAsync(("EventBus:reporting:Uid", "a")));
        Assert.Contains("AddKeyedEventBus(\"reporting\")", failure, StringComparison.Ordinal);
    }

    private static async Task<string[]> FailuresAsync(params (string, string)[] settings)
    {
        using var host = HostedBus.Build(static services => services.AddEventBus().UseInMemory(), logger: null, settings);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
        return [.. error.Failures];
    }
}

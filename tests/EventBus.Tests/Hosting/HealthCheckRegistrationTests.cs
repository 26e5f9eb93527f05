using EventBus.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Tests.Hosting;

public sealed class HealthCheckRegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_check_whose_name_is_the_key_of_a_bus_is_an_error_that_names_the_remedy(bool hasMain)
    {
        using var host = HostedBus.Build(services =>
        {
            if (hasMain)
                services.AddEventBus().UseInMemory();
            services.AddKeyedEventBus("reporting").UseInMemory();
            services.AddHealthChecks().AddEventBus("reporting");
        });
        await AssertErrorAsync(host.Services, "AddKeyedEventBus(\"reporting\")");
    }

    [Fact]
    public async Task A_check_without_a_bus_names_the_keys_that_the_services_have()
    {
        using var host = HostedBus.Build(static services =>
        {
            services.AddKeyedEventBusPublisher("reporting").UseInMemory(new InMemoryCluster());
            services.AddHealthChecks().AddEventBus();
        });
        await AssertErrorAsync(host.Services, "only with a key: reporting.");

        using var other = HostedBus.Build(static services =>
        {
            services.AddEventBus().UseInMemory();
            services.AddHealthChecks().AddEventBus(serviceKey: "reporting");
        });
        await AssertErrorAsync(other.Services, "with the key 'reporting'");
    }

    private static async Task AssertErrorAsync(IServiceProvider services, string text)
    {
        var checks = services.GetRequiredService<HealthCheckService>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => checks.CheckHealthAsync(Cancellation));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}

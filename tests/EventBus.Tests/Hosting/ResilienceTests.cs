using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Registry;
using Polly.Retry;
using Polly.Timeout;

namespace EventBus.Tests.Hosting;

/// <summary>A pipeline of Microsoft.Extensions.Resilience, which is Polly's, around handlers.</summary>
public sealed class ResilienceTests
{
    [Fact]
    public async Task A_pipeline_repeats_a_handler_with_a_new_scope_and_blocks_its_socket()
    {
        await using var bus = await StartAsync(static pipeline => pipeline.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<InvalidOperationException>(),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.Zero,
        }));
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        await bus.Node.Emitter<IGameEvents>().To("r1").Say("hello");
        Assert.Equal(["attempt 1", "attempt 2", "attempt 3", "ann", "hello"], await bus.Get<Inbox<string>>().NextAsync(5));
    }

    [Fact]
    public async Task If_the_pipeline_gives_up_its_exception_is_reported()
    {
        await using var bus = await StartAsync(static pipeline => pipeline.AddTimeout(TimeSpan.FromMilliseconds(20)), waits: true);
        await bus.Node.Emitter<IGameEvents>().To("r1").Say("hello");
        Assert.IsType<TimeoutRejectedException>(await bus.Get<Inbox<Exception>>().NextAsync());
        Assert.Equal(1, bus.Logger.Count(201));
    }

    private static Task<HostedBus> StartAsync(Action<ResiliencePipelineBuilder> configure, bool waits = false)
    {
        var errors = new Inbox<Exception>();
        return HostedBus.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(errors).AddSingleton<Inbox<string>>().AddSingleton<FilterTests.Attempts>();
                builder.Services.AddResiliencePipeline("handlers", configure);
                builder.AddHandlerFilter<Resilience>();
                _ = waits
                    ? builder.AddHandler<IGameEvents, Waiting>("r1")
                    : builder.AddHandler<IGameEvents, FilterTests.ThirdTime>("r1");
            },
            options => options.ErrorHandler = errors.Add);
    }

    internal sealed class Resilience(ResiliencePipelineProvider<string> pipelines) : IHandlerFilter
    {
        public ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next) => pipelines.GetPipeline("handlers").ExecuteAsync(
            async token => await next(context).AsTask().WaitAsync(token), context.CancellationToken);
    }

    internal sealed class Waiting : HostedBus.Silent
    {
        public override ValueTask Say(string text) => new(new TaskCompletionSource().Task);
    }
}

using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Wire;

namespace EventBus.Tests.Transport;

/// <summary>
/// The bytes that typed events allocate on their way from the call to the parameters of a statement, and back. They are counted exactly,
/// because all of it runs on the thread of the test.
/// </summary>
public sealed class PublishAllocationTests : IAsyncDisposable
{
    private const int Events = 2_000;

    private readonly QueuePipeline _pipeline = new();
    private readonly PublisherOperator<IGameEvents> _emitter;

    public PublishAllocationTests() => _emitter = new(
        new EmitterAdapter(
            Message.Encoder(), JournalScope.Marked, _pipeline, new BusDiagnostics(new RecordingLogger(), errorHandler: null)));

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public void Post_typed_events_allocates_nothing()
    {
        Assert.Equal(0, Allocations.LeastOf(() =>
        {
            for (var i = 0; i < Events; i++)
                Assert.True(_emitter.To("r1").Post.Score("ann", 7));
            Assert.True(_pipeline.PublishAll() == Events); // Assert.Equal allocates.
        }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Emit_typed_events_that_are_awaited_allocates_nothing(bool canBeCancelled)
    {
        const int callers = 64;
        using var cancellation = new CancellationTokenSource();
        var token = canBeCancelled ? cancellation.Token : CancellationToken.None;
        var emits = new Emit[callers];
        Assert.Equal(0, Allocations.LeastOf(() =>
        {
            for (var sent = 0; sent < Events; sent += callers)
            {
                for (var i = 0; i < callers; i++)
                    emits[i] = new Emit(_emitter.To("r1").Score("ann", 7, token));
                Assert.True(_pipeline.PublishAll() == callers);
                foreach (var emit in emits)
                {
                    // It has completed, so this does not wait: it returns the task to the pool.
                    Assert.True(emit.Task.IsCompletedSuccessfully);
                    emit.Task.GetAwaiter().GetResult();
                }
            }
        }));
    }

    /// <summary>An emit that is awaited later, once.</summary>
    private readonly record struct Emit(ValueTask Task);

    /// <summary>A pipeline without a connection: it publishes when the test says so.</summary>
    private sealed class QueuePipeline : IPublishPipeline
    {
        private readonly PublishQueue _queue;
        private readonly PublishOutcomes _outcomes;
        private readonly PublishBatch _batch;
        private readonly PublishParameters _parameters = new();

        public QueuePipeline()
        {
            var options = new EventBusOptions();
            _queue = new PublishQueue(
                options.PublishQueueMessages,
                options.PublishQueueBytes,
                options.PublishWaitingBytes,
                options.PublishTimeout,
                TimeProvider.System);
            _outcomes = new PublishOutcomes(
                _queue, options, TimeProvider.System, new BusDiagnostics(new RecordingLogger(), errorHandler: null));
            _batch = new PublishBatch(_queue, _outcomes);
        }

        public int PublishAll()
        {
            var published = 0;
            while (_batch.TryTake())
            {
                published += _batch.Count;
                _parameters.Fill(_batch.Messages);
                _batch.Succeed();
            }

            return published;
        }

        public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
            _queue.EnqueueAsync(message, cancellationToken);

        public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages) => _outcomes.TryPost(messages);

        public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask PublishWithinAsync(
            CallerTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void PostLast(params ReadOnlySpan<OutgoingMessage> messages) => throw new NotSupportedException();

        public Task DrainAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

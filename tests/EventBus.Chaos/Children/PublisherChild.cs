using System.Diagnostics;
using System.Text.Json.Nodes;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Chaos.Children;

/// <summary>A process that publishes at a rate, and remembers the outcome of each event by its number.</summary>
internal sealed class PublisherChild : IChild
{
    private const int MostWaiting = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Outcomes _outcomes = new();
    private readonly CancellationTokenSource _stopping = new();
    private IPublishes? _publishes;
    private Task _load = Task.CompletedTask;
    private CancellationTokenSource? _loading;

    private IPublishes Publishes => _publishes ?? throw new InvalidOperationException("The publisher has not started.");

    public async Task<JsonNode?> ExecuteAsync(string op, JsonObject command)
    {
        switch (op)
        {
            case "start":
                var dataSource = NpgsqlDataSource.Create(ChildOptions.Connection(command));
                var index = ChildOptions.Number(command, "index", 0);
                _publishes = command["asNode"]?.GetValue<bool>() == true
                    ? new NodePublishes(await EventBusNode.StartAsync(dataSource, ChildOptions.Read(command)), dataSource, index)
                    : new PublisherPublishes(EventBusPublisher.Create(dataSource, ChildOptions.Read(command)), dataSource, index);
                return Environment.ProcessId;
            case "load":
                _loading?.Dispose();
                _loading = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
                _load = LoadAsync(
                    ChildOptions.Number(command, "rate", 100), ChildOptions.Number(command, "attachEvery", 10),
                    ChildOptions.Number(command, "bytes", 100), _loading.Token);
                return null;
            case "pause":
                await (_loading?.CancelAsync() ?? Task.CompletedTask);
                await _load;
                await _outcomes.WhenAllAsync();
                return null;
            case "last":
                // The first event after the faults that is completed exposes the losses before it.
                while (!await _outcomes.TrackAsync(number => Publishes.TickAsync(number, ""), isAwaited: true))
                    await Task.Delay(Pause, TimeProvider.System);
                return _outcomes.Count - 1;
            case "report":
                return _outcomes.Describe();
            case "stop":
                await _stopping.CancelAsync();
                await _load;
                await Publishes.DisposeAsync();
                return null;
            default:
                throw new ArgumentException($"unknown: {op}");
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _loading?.Dispose();
    }

    private async Task LoadAsync(int rate, int attachEvery, int bytes, CancellationToken enough)
    {
        await Task.Yield();
        var (began, done) = (Stopwatch.GetTimestamp(), 0L);
        var (padding, photo) = (new string('x', bytes), new byte[bytes]);
        while (!enough.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate); done < due; done++)
            {
                if (_outcomes.Waiting >= MostWaiting)
                    continue; // It cannot keep up: the rate is not made up for.
                var isPhoto = attachEvery > 0 && done % attachEvery == attachEvery - 1;
                _ = _outcomes.TrackAsync(number => isPhoto ? Publishes.PhotoAsync(number, photo) : Publishes.TickAsync(number, padding));
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private interface IPublishes : IAsyncDisposable
    {
        ValueTask TickAsync(long number, string padding);

        ValueTask PhotoAsync(long number, byte[] bytes);
    }

    private sealed class PublisherPublishes(EventBusPublisher publisher, NpgsqlDataSource dataSource, int index) : IPublishes
    {
        public ValueTask TickAsync(long number, string padding) =>
            publisher.Emitter<IChaosEvents>().Tick(index, number, Clock.Milliseconds, padding);

        public ValueTask PhotoAsync(long number, byte[] bytes) =>
            publisher.Emitter<IChaosEvents>().Photo(index, number, Clock.Milliseconds, bytes);

        public async ValueTask DisposeAsync()
        {
            await publisher.DisposeAsync();
            await dataSource.DisposeAsync();
        }
    }

    private sealed class NodePublishes(IEventBus bus, NpgsqlDataSource dataSource, int index) : IPublishes
    {
        private readonly Emitter<IChaosEvents> _emitter = bus.Emitter<IChaosEvents>();

        public ValueTask TickAsync(long number, string padding) => _emitter.All.Tick(index, number, Clock.Milliseconds, padding);

        public ValueTask PhotoAsync(long number, byte[] bytes) => _emitter.All.Photo(index, number, Clock.Milliseconds, bytes);

        public async ValueTask DisposeAsync()
        {
            await bus.DisposeAsync();
            await dataSource.DisposeAsync();
        }
    }
}

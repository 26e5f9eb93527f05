using System.Globalization;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The size of a cluster. The costs of larger ones are compared with that of one room, namespace, node and socket.</summary>
internal sealed record ClusterSize
{
    /// <summary>The rooms that the events go to, in turn.</summary>
    public int Rooms { get; init; } = 1;

    /// <summary>The namespaces that the events go to, in turn.</summary>
    public int Namespaces { get; init; } = 1;

    /// <summary>The nodes in one process, which has the same listeners as several processes, but compiles its code once.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>The sockets of each node.</summary>
    public int Sockets { get; init; } = 1;

    /// <summary>The characters of the text in each event; 0: the small event.</summary>
    public int Text { get; init; }

    /// <summary>How many handlers get each event.</summary>
    public int Copies => Nodes * Sockets;

    /// <returns>The last argument of a process, such as <c>1,20,1,1,0</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rooms},{Namespaces},{Nodes},{Sockets},{Text}");

    public static ClusterSize Parse(string text)
    {
        int[] sizes = [.. text.Split(',').Select(static part => int.Parse(part, CultureInfo.InvariantCulture))];
        return new() { Rooms = sizes[0], Namespaces = sizes[1], Nodes = sizes[2], Sockets = sizes[3], Text = sizes[4] };
    }

    public string RoomOf(long number) => Rooms == 1 ? EventText.Room : $"room{number % Rooms}";

    /// <summary>Namespaces need events by name: the namespace of a contract is a constant.</summary>
    public string NamespaceOf(long number) => Namespaces == 1 ? "/" : $"/n{number % Namespaces}";
}

/// <summary>A publisher whose events go to all rooms or namespaces, in turn.</summary>
internal sealed class GrowthPublisher : IPublisher
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private readonly EventBusPublisher _publisher;
    private readonly PublisherOperator<IBenchmarkEvents>[] _rooms;
    private readonly PublisherOperator<IUntypedEvents>[] _namespaces;
    private readonly string _text;

    public GrowthPublisher(ClusterSize size)
    {
        _publisher = EventBusPublisher.Create(_dataSource, EventBusSettings.Create());
        var emitter = _publisher.Emitter<IBenchmarkEvents>();
        _rooms = [.. Enumerable.Range(0, size.Rooms).Select(number => emitter.To(size.RoomOf(number)))];
        _namespaces = size.Namespaces == 1
            ? []
            : [.. Enumerable.Range(0, size.Namespaces).Select(number => _publisher.Of(size.NamespaceOf(number)).To(EventText.Room))];
        _text = new string('x', size.Text);
    }

    public Task ConnectAsync() => Task.CompletedTask; // It connects with the first event.

    public ValueTask PublishAsync(long sentAt, long number)
    {
        var target = _rooms[Math.Abs(number) % _rooms.Length];
        return _namespaces.Length > 0 ? _namespaces[Math.Abs(number) % _namespaces.Length].EmitAsync("ping", ToValues(sentAt, number))
            : _text.Length > 0 ? target.Note(sentAt, number, _text)
            : target.Ping(sentAt, number);
    }

    public ValueTask PostAsync(long sentAt, long number)
    {
        var target = _rooms[Math.Abs(number) % _rooms.Length];
        var posted = _namespaces.Length > 0
            ? _namespaces[Math.Abs(number) % _namespaces.Length].Post("ping", ToValues(sentAt, number))
            : _text.Length > 0 ? target.Post.Note(sentAt, number, _text)
            : target.Post.Ping(sentAt, number);
        return posted ? ValueTask.CompletedTask : PublishAsync(sentAt, number);
    }

    /// <summary>The events of a publisher are in order: an event behind all others is out when they are.</summary>
    public ValueTask FlushAsync() => _publisher.Emitter<IBenchmarkEvents>().To(EventBusSender.OtherRoom).Ping(0, -1);

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    private static EventValue[] ToValues(long sentAt, long number) => [sentAt, number];
}

/// <summary>Nodes with sockets, all of which are in all rooms. Each handler of an event counts as an arrival.</summary>
internal sealed class GrowthReceiver(ClusterSize size) : IReceiver
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create($"{Servers.Postgres};Maximum Pool Size=200");
    private readonly List<IEventBus> _nodes = [];

    public long Lost => _nodes.Sum(static node => node.Statistics.Lost);

    public long Dropped => _nodes.Sum(static node => node.Statistics.Dropped);

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        IBenchmarkEvents handler = new SharedArrivals(arrivals);
        string[] rooms = [.. Enumerable.Range(0, size.Rooms).Select(number => size.RoomOf(number))];
        for (var i = 0; i < size.Nodes; i++)
        {
            var node = await EventBusNode.StartAsync(_dataSource, EventBusSettings.Create());
            _nodes.Add(node);
            for (var number = 0; number < size.Namespaces; number++)
            {
                var busNamespace = node.Of(size.NamespaceOf(number));
                for (var count = 0; count < size.Sockets; count++)
                    await busNamespace.ConnectAsync(new SocketOptions { Rooms = rooms }, socket => socket.Handle(handler));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}

/// <summary>Counts the events of several sockets, which come at the same time.</summary>
internal sealed class SharedArrivals(Arrivals arrivals) : IBenchmarkEvents
{
    private readonly Lock _lock = new();

    public void Ping(long sentAt, long number)
    {
        lock (_lock)
            arrivals.Add(sentAt, number);
    }

    public void Note(long sentAt, long number, string text) => Ping(sentAt, number);

    public void Photo(long sentAt, long number, ReadOnlyMemory<byte> bytes) => Ping(sentAt, number);
}

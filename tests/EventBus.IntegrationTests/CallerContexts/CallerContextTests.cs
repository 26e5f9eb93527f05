using System.Collections.Concurrent;
using System.Diagnostics;
using System.Transactions;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.CallerContexts;

/// <summary>The bus takes part in no ambient transaction, and its own work has no context of a caller.</summary>
public sealed class CallerContextTests(DatabaseFixture database)
{
    private const int Later = 100;

    private static readonly EventValue[] Large = [new byte[20_000]];

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    [Theory(Timeout = 120_000)]
    [InlineData(TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(TransactionScopeAsyncFlowOption.Suppress)]
    public async Task Entry_points_inside_a_rolled_back_scope_work_as_outside(TransactionScopeAsyncFlowOption flow)
    {
        await using var source = database.Server.CreateDataSource();
        await using var receiver = await EventBusNode.StartAsync(source, Options());
        var received = new List<string>();
        await receiver.Of().ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            lock (received)
                received.Add(name);
            return ValueTask.CompletedTask;
        }));
        receiver.Of().OnServerSide("poll", static _ => ValueTask.FromResult<EventValue>(1));

        var used = await OnThreadAsync(() => new UsedInScope(database, Options(), flow));
        await using (used)
        {
            for (var i = 0; i < Later; i++)
            {
                await used.Publisher.Of().EmitAsync("later");
                await used.Bus.Of().All.EmitAsync("later", i % 10 == 0 ? Large : []);
            }

            await UntilAsync(() => Count("later") == 2 * Later);
            Assert.Equal(UsedInScope.Emits, Count("inside"));
            Assert.Equal(0, receiver.Statistics.Lost);
            Assert.True(used.Findings.IsEmpty, string.Join(Environment.NewLine, used.Findings));
            Assert.True(used.Looks >= 10, $"only {used.Looks} places were looked at");
            Assert.Equal(0, used.Posts);
        }

        int Count(string name)
        {
            lock (received)
                return received.Count(received => received == name);
        }
    }

    private EventBusOptions Options() => new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };

    private static Task<T> OnThreadAsync<T>(Func<T> function) =>
        Task.Factory.StartNew(function, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>A node and a publisher that were first used inside a transaction scope that rolled back.</summary>
    private sealed class UsedInScope : IAsyncDisposable
    {
        /// <summary>The number of events <c>inside</c> that the receiver gets.</summary>
        public const int Emits = 8;

        private readonly DatabaseFixture _database;
        private readonly EventBusOptions _options;
        private readonly string _application = $"scope-{Guid.NewGuid():N}";
        private readonly ContextWitness _witness = new();
        private readonly NpgsqlDataSource _source;

        /// <summary>
        /// Calls every public entry point in the scope. The calling thread blocks, so that a scope without async flow lasts.
        /// </summary>
        public UsedInScope(DatabaseFixture database, EventBusOptions options, TransactionScopeAsyncFlowOption flow)
        {
            _database = database;
            _options = options;
            _source = _witness.Watch(ConnectionString(enlist: true));
#pragma warning disable EVB2003 // The test shows that an emit does not join the scope.
            using (new TransactionScope(flow))
            {
                Bus = Wait(EventBusNode.StartAsync(_source, options, _witness));
                Check("the start of a node");
                Publisher = EventBusPublisher.Create(_source, options, _witness);
                Wait(Publisher.Of().EmitAsync("inside").AsTask());
                Wait(Publisher.Of().EmitAsync("inside", Large).AsTask());
                Wait(Publisher.ServerSideEmitAsync("unheard").AsTask());
                Check("a publisher");
                Emit();
                Request();
                Join();
                Stop();
            }
#pragma warning restore EVB2003
        }

        public IEventBus Bus { get; }

        public EventBusPublisher Publisher { get; }

        public ConcurrentQueue<string> Findings => _witness.Findings;

        public int Looks => _witness.Looks;

        public int Posts => _witness.Posts;

        public async ValueTask DisposeAsync()
        {
            await Publisher.DisposeAsync();
            await Bus.DisposeAsync();
            await _source.DisposeAsync();
            _witness.Dispose();
        }

        private void Emit()
        {
            var all = Bus.Of().All;
            Wait(all.EmitAsync("inside").AsTask());
            Wait(all.EmitAsync("inside", Large).AsTask());
            Assert.True(all.Post("inside"));
            Assert.True(all.Post("inside", Large));
            Wait(Bus.Of().ServerSideEmitAsync("unheard").AsTask());
            Check("emits");
        }

        private void Request()
        {
            Wait(Bus.Of().All.EmitWithAckAsync("unheard", timeout: TimeSpan.FromSeconds(1)).AsTask());
            Wait(Bus.Of().ServerSideEmitWithAckAsync("poll").AsTask());
            Wait(Bus.Of().All.FetchSocketsAsync().AsTask());
            Wait(Bus.Of().ServerCountAsync().AsTask());
            Check("requests");
        }

        private void Join()
        {
            var late = Bus.Of("/late");
            late.NodeJoined += _ => _witness.Look("NodeJoined");
            var socket = Wait(late.ConnectAsync(new SocketOptions(), socket => socket.OnAny((_, _) =>
            {
                _witness.Look("handler");
                return ValueTask.CompletedTask;
            })).AsTask());
            Check("the first use of a namespace");
            Wait(socket.JoinAsync("r1").AsTask());
            Wait(late.To("r1").EmitAsync("here").AsTask());
            Wait(late.All.SocketsJoinAsync(["r2"]).AsTask());
            Wait(late.All.SocketsLeaveAsync(["r2"]).AsTask());
            Wait(socket.LeaveAsync("r1").AsTask());
            Wait(late.All.DisconnectSocketsAsync().AsTask());
            Wait(socket.DisposeAsync().AsTask());
            Bus.OfMatching(static name => name == "/family");
            Wait(Bus.Of("/family").JoinAsync().AsTask());
            Check("rooms");
            Wait(late.LeaveAsync().AsTask());
            Wait(Bus.Of("/late").JoinAsync().AsTask());
            Check("leaving a namespace");
        }

        private void Stop()
        {
            var bus = Wait(EventBusNode.StartAsync(ConnectionString(enlist: true), _options, _witness));
            Wait(bus.Of().All.EmitAsync("inside").AsTask());
            Wait(bus.DisposeAsync().AsTask());
            var publisher = EventBusPublisher.Create(ConnectionString(enlist: true), _options, _witness);
            Wait(publisher.Of().EmitAsync("inside").AsTask());
            Wait(publisher.DisposeAsync().AsTask());
            Check("stop");
        }

        /// <summary>
        /// Fails if a connection of the bus is in a transaction: the one of the scope, because its own end with each statement.
        /// </summary>
        private void Check(string entryPoint)
        {
            using var outside = new Activity("observer").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom()).Start();
            using var observer = new NpgsqlConnection(ConnectionString(enlist: false));
            observer.Open();
            using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND state LIKE 'idle in transaction%'", observer);
            command.Parameters.AddWithValue(_application);
            if (command.ExecuteScalar() is not 0L)
                _witness.Findings.Enqueue($"{entryPoint}: a connection takes part in the caller's transaction");
        }

        private string ConnectionString(bool enlist) => new NpgsqlConnectionStringBuilder(_database.Server.ConnectionString)
        {
            ApplicationName = _application,
            Enlist = enlist,
        }.ConnectionString;

        private static void Wait(Task task) => task.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();

        private static T Wait<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
    }
}

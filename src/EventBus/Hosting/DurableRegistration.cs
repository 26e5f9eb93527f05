using System.Globalization;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Durable;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>A durable handler of a host, and its start.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Partitions">The number of partitions, if the group does not exist yet.</param>
/// <param name="Options">The settings.</param>
/// <param name="Rooms">The rooms of the handler.</param>
/// <param name="Create">Creates the handler.</param>
internal sealed record DurableRegistration(
    string Group, int Partitions, DurableOptions Options, string[] Rooms, Func<HandlerHost, IDurableHandler> Create)
{
    private const int LongestName = 200;

    /// <exception cref="ArgumentException">The name, the number or a setting is not valid.</exception>
    public void ThrowIfInvalid()
    {
        Require(
            Group.Length <= LongestName && !Group.Contains('\0', StringComparison.Ordinal),
            $"its name must have at most {LongestName} characters, and no NUL");
        Require(
            Partitions is >= 1 and <= DurableOptions.MostPartitions,
            $"the number of partitions is {Partitions}; it must be from 1 to {DurableOptions.MostPartitions}");
        Require(
            Options.Lease >= TimeSpan.FromSeconds(1) && Options.Lease <= TimeSpan.FromHours(1),
            $"Lease is {Options.Lease}; it must be from 1 s to 1 h");
        Require(Options.MaxAttempts >= 1, $"MaxAttempts is {Options.MaxAttempts}; it must be at least 1");
        Require(Options.FirstRetry >= TimeSpan.Zero, $"FirstRetry is {Options.FirstRetry}; it must not be negative");
        Require(
            Options.LongestRetry >= Options.FirstRetry && Options.LongestRetry <= TimeSpan.FromDays(1),
            $"LongestRetry is {Options.LongestRetry}; it must be at least FirstRetry, and at most a day");
        Require(Options.TransactionEvents >= 1, $"TransactionEvents is {Options.TransactionEvents}; it must be at least 1");
        Require(Enum.IsDefined(Options.Order), $"Order is {Options.Order}, which is no DurableOrder");
        Require(Enum.IsDefined(Options.Start), $"Start is {Options.Start}, which is no DurableStart");

        void Require(bool isValid, string problem)
        {
            if (!isValid)
                throw new ArgumentException($"The durable handler of the group '{Group}' has a setting that is not valid: {problem}.");
        }
    }

    /// <summary>Joins the group, and handles its events once the host has started.</summary>
    /// <exception cref="EventBusStartException">There is no journal, or its tables cannot be used.</exception>
    public async Task<IAsyncDisposable> StartAsync(
        IDurableHandler handler, Bus bus, EventBusOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (bus.Connections is not { } connections)
        {
            throw new EventBusStartException(
                $"The durable handler of the group '{Group}' needs PostgreSQL, and this bus is in memory. In tests of the application, use "
                + "EventBus.Testing.PostgreSql, or add the handler without Durable.");
        }

        ThrowIfUnfit(handler, options.Journal);
        var names = await FindTablesAsync(connections, options, bus.Diagnostics, time, cancellationToken).ConfigureAwait(false);
        var busNamespace = bus.Of(handler.Namespace);
        await busNamespace.JoinAsync(cancellationToken).ConfigureAwait(false);
        var tables = new GroupTables(connections, names, Group);
        var present = await FoundAsync(tables, names, handler, bus, cancellationToken).ConfigureAwait(false);
        var work = new DurableWork
        {
            Group = Group,
            Partitions = present,
            Connections = connections,
            Names = names,
            Tables = tables,
            Letters = new DeadLetters(names, tables),
            Filter = new JournalFilter([ChannelName.Of(options.ChannelPrefix, handler.Namespace)], handler.EventNames),
            Events = new DurableEvents(handler, Rooms, time),
            Handler = handler,
            Options = Options,
            Signal = new DurableSignal(),
            Time = time,
            Diagnostics = bus.Diagnostics,
        };
        var nodes = new NodeWatch(bus.Uid, uid => bus.Knows(handler.Namespace, uid));
        busNamespace.NodeJoined += nodes.OnJoined;
        busNamespace.NodeLeft += nodes.OnLeft;
        bus.Arrivals.Watch(handler.Namespace, work.Signal.Set);
        return new DurableGroup(work, nodes);
    }

    private void ThrowIfUnfit(IDurableHandler handler, JournalScope scope)
    {
        if (handler.FindUnjournaled(scope) is { Count: > 0 } unjournaled)
        {
            throw new EventBusStartException(
                $"The durable handler of the group '{Group}' would never receive {List(unjournaled)} of {handler.Contract}, which is not "
                + "written to the journal. Mark the contract with [Journaled], or move the event to another contract. Events with acks "
                + "cannot be journaled.");
        }

        if (Partitions > 1 && handler.WithoutKey is { Count: > 0 } withoutKey)
        {
            throw new EventBusStartException(
                $"The group '{Group}' has {Partitions} partitions, so each event of {handler.Contract} needs a [PartitionKey]. These have "
                + $"none: {List(withoutKey)}.");
        }

        static string List(IReadOnlyList<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));
    }

    private async Task<JournalNames> FindTablesAsync(
        NpgsqlDataSource connections,
        EventBusOptions options,
        BusDiagnostics diagnostics,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var setup = new JournalSetup(options, time, diagnostics.Logger);
        try
        {
            var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var ofConnection = connection.ConfigureAwait(false);
            await setup.EnsureAsync(connection, isSynchronous: false, cancellationToken).ConfigureAwait(false);
            if (options.CreateTable)
            {
                var command = new NpgsqlCommand(new GroupSchema(setup.Names).CreateIfMissingSql, connection);
                await using var ofCommand = command.ConfigureAwait(false);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return setup.Names;
        }
        catch (PostgresException exception)
        {
            throw NotUsable(setup.Names, exception);
        }
    }

    private async Task<int> FoundAsync(
        GroupTables tables, JournalNames names, IDurableHandler handler, Bus bus, CancellationToken cancellationToken)
    {
        try
        {
            var (contract, partitions) = await tables
                .FoundAsync(handler.Contract, Partitions, Options.Start == DurableStart.Oldest, cancellationToken)
                .ConfigureAwait(false);
            if (contract != handler.Contract)
                bus.Diagnostics.Logger.ContractsDiffer(Group, contract, handler.Contract);
            if (partitions != Partitions)
                bus.Diagnostics.Logger.PartitionsDiffer(Group, partitions, Partitions);
            return partitions;
        }
        catch (PostgresException exception)
        {
            throw NotUsable(names, exception);
        }
    }

    private EventBusStartException NotUsable(JournalNames names, PostgresException exception) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The durable handler of the group '{Group}' cannot use the tables of the journal {names.Table}: {exception.MessageText}. "
            + $"Create them with the SQL of JournalTables.CreateSql, and grant the role what sql/grants.sql grants to a node."),
        exception,
        exception.IsTransient);
}

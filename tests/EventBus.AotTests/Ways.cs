using EventBus.AotTests.Contracts;
using EventBus.SampleContracts;

namespace EventBus.AotTests;

/// <summary>The ways to send an event, other than an emit from a node, to a handler that forwards it.</summary>
internal sealed class Ways(IEventBus bus, Backplane backplane, EventBusOptions options, string peer)
{
    private readonly string _chatRoom = Room.Of<IChatEvents>(peer);

    public IEnumerable<(string Name, Func<Task> Check)> All
    {
        get
        {
            yield return ("a posted event", PostAsync);
            yield return ("an event by name", EmitByNameAsync);
            yield return ("the event of a publisher", PublishAsync);
            yield return ("a stream of acks", StreamAcksAsync);
            yield return ("the acks of nodes", RequestNodesAsync);
            if (backplane.DataSource is not null)
                yield return ("transactions", TransactAsync);
        }
    }

    private async Task PostAsync()
    {
        await using var echoes = await TapAsync();

        Expect.True(bus.Emitter<IChatEvents>().To(_chatRoom).Post.Message("posted"), "The event was not queued.");

        await ExpectUsersAsync(echoes, "posted");
    }

    private async Task EmitByNameAsync()
    {
        await using var echoes = await TapAsync();

        await bus.Of("/chat").To(_chatRoom).EmitAsync("message", new EventValue[] { "untyped", "text", 1 });

        await ExpectUsersAsync(echoes, "untyped");
    }

    private async Task PublishAsync()
    {
        await using var echoes = await TapAsync();
        await using var publisher = backplane.CreatePublisher(options);

        await publisher.Emitter<IChatEvents>().To(_chatRoom).Message("published");

        await ExpectUsersAsync(echoes, "published");
    }

    private async Task StreamAcksAsync()
    {
        var stream = bus.Emitter<IPollEvents>().To(Room.OfAcks<IPollEvents>(peer)).Stream.Read();

        var acks = new List<Order?>();
        await foreach (var ack in stream)
            acks.Add(ack);

        Expect.True(stream is { IsTimedOut: false, Missing: [], Expected: 1 } && acks.Count == 1, $"{acks.Count} acks.");
        Expect.Equal(Samples.Order.Id, acks[0]?.Id, "the order's id");
    }

    private async Task RequestNodesAsync()
    {
        var acks = await bus.Emitter<IPollEvents>().ServerSide.Vote("tea?", 2);

        Expect.True(
            acks is { IsTimedOut: false, Missing: [], Responses.Count: > 0 },
            $"{acks.Responses.Count} acks, {acks.Missing.Count} missing.");
        foreach (var ack in acks.Responses)
            Expect.Equal(6, ack.Value, "the vote");
    }

    private async Task TransactAsync()
    {
        await using var echoes = await TapAsync();
        await using var connection = await backplane.DataSource!.OpenConnectionAsync();

        await using (var rolledBack = await connection.BeginTransactionAsync())
        {
            await bus.Emitter<IChatEvents>().Within(rolledBack).To(_chatRoom).Message("rolled back");
            await rolledBack.RollbackAsync();
        }

        await using (var committed = await connection.BeginTransactionAsync())
        {
            var room = bus.Emitter<IChatEvents>().Within(committed).To(_chatRoom);
            await room.Message("first");
            await room.Photo("second", Samples.Bytes);
            await committed.CommitAsync();
        }

        await ExpectUsersAsync(echoes, "first", "second");
    }

    private Task<Tap> TapAsync() => Tap.ConnectAsync(bus, "/chat", Room.OfEcho<IChatEvents>(peer));

    private static async Task ExpectUsersAsync(Tap echoes, params string[] users)
    {
        var events = await echoes.TakeAsync(users.Length);
        Expect.Sequence(users, [.. events.Select(static item => item.Arguments[0].GetString())], "the forwarded events");
    }
}

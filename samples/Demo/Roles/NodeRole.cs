using EventBus.Hosting;
using Npgsql;

namespace EventBus.Samples.Demo.Roles;

/// <summary>A node of the cluster, with handlers.</summary>
internal static class NodeRole
{
    public static async Task RunAsync(CommandLines lines)
    {
        if (await lines.ReadAsync() is not { } start)
            return;

        await using var dataSource = NpgsqlDataSource.Create(start["connection"]!.GetValue<string>());
        await using var bus = await EventBusNode.StartAsync(dataSource, new EventBusOptions
        {
            ChannelPrefix = start["prefix"]!.GetValue<string>(),
            TableName = start["table"]!.GetValue<string>(),
        });
        foreach (var (name, rooms) in start["receivers"]!.AsObject())
            await bus.AddHandlerAsync<IDemoEvents>(new Receiver(name, lines), [.. rooms!.AsArray().GetValues<string>()]);

        lines.Answer(start);
        var emitter = bus.Emitter<IDemoEvents>();
        await Sending.ServeAsync(
            lines,
            (rooms, except, row, text) => (rooms is [] ? emitter.All : emitter.To(rooms)).Except(except).Note(row, text),
            (rooms, except, row, jpeg) => (rooms is [] ? emitter.All : emitter.To(rooms)).Except(except).Photo(row, jpeg));
    }
}

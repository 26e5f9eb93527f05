using EventBus.Hosting;
using Npgsql;

namespace EventBus.Samples.Demo.Roles;

/// <summary>A process that only publishes: it joins nothing and listens to nothing.</summary>
internal static class PublisherRole
{
    public static async Task RunAsync(CommandLines lines)
    {
        if (await lines.ReadAsync() is not { } start)
            return;

        await using var dataSource = NpgsqlDataSource.Create(start["connection"]!.GetValue<string>());
        await using var publisher = EventBusPublisher.Create(dataSource, new EventBusOptions
        {
            ChannelPrefix = start["prefix"]!.GetValue<string>(),
            TableName = start["table"]!.GetValue<string>(),
        });

        lines.Answer(start);
        var emitter = publisher.Emitter<IDemoEvents>();
        await Sending.ServeAsync(
            lines,
            (rooms, except, row, text) => (rooms is [] ? emitter.All : emitter.To(rooms)).Except(except).Note(row, text),
            (rooms, except, row, jpeg) => (rooms is [] ? emitter.All : emitter.To(rooms)).Except(except).Photo(row, jpeg));
    }
}

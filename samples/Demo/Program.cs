using EventBus.Samples.Demo.Direction;
using EventBus.Samples.Demo.Roles;

// Without a role it is the director. It starts this program again as two nodes and a publisher, and sends them commands.
switch (args)
{
    case []:
        return await Director.RunAsync() ? 0 : 1;
    case ["node"]:
        using (var lines = new CommandLines())
            await NodeRole.RunAsync(lines);
        return 0;
    case ["publisher"]:
        using (var lines = new CommandLines())
            await PublisherRole.RunAsync(lines);
        return 0;
    default:
        Console.Error.WriteLine("Usage: EventBus.Samples.Demo [node|publisher]");
        return 2;
}

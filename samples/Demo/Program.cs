using EventBus.Samples.Demo.Direction;
using EventBus.Samples.Demo.Roles;

// Without a role: the director, which starts this program again as two nodes and a publisher, and tells them what to do.
switch (args)
{
    case []:
        return await Director.RunAsync() ? 0 : 1;
    case ["node"]:
        await NodeRole.RunAsync(new CommandLines());
        return 0;
    case ["publisher"]:
        await PublisherRole.RunAsync(new CommandLines());
        return 0;
    default:
        Console.Error.WriteLine("Usage: EventBus.Samples.Demo [node|publisher]");
        return 2;
}

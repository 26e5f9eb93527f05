using EventBus.Chaos.Children;
using EventBus.Chaos.Direction;

// Without a role it is the director, which starts this program again as nodes and publishers.
switch (args)
{
    case ["node"]:
        return await ServeAsync(static lines => new NodeChild(lines));
    case ["publisher"]:
        return await ServeAsync(static _ => new PublisherChild());
    case ["crowd"]:
        return await ServeAsync(static _ => new CrowdChild());
    default:
        return await Director.RunAsync(args);
}

static async Task<int> ServeAsync(Func<ChildLines, IChild> create)
{
    using var lines = new ChildLines();
    using var child = create(lines);
    await lines.ServeAsync(child.ExecuteAsync);
    return 0;
}

using System.Globalization;
using System.Runtime.Versioning;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

// CPU times are read from /proc.
[assembly: SupportedOSPlatform("linux")]

// Without one of the other roles it is the director, which starts this program again as receivers and publishers.
return args switch
{
    ["receive", var contender, var room] => await ReceiverChild.RunAsync(contender, room),
    ["publish", var contender, .. var load] => await PublisherChild.RunAsync(contender, load),
    ["local", var sockets] => await LocalChild.RunAsync(int.Parse(sockets, CultureInfo.InvariantCulture)),
    ["run", .. var options] => await Director.RunAsync(options),
    _ => Director.Fail(),
};

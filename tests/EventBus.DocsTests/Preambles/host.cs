global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Hosting;
global using static Preamble.Hosts;

namespace Preamble;

public static class Hosts
{
    public static readonly HostApplicationBuilder builder = null!;
}

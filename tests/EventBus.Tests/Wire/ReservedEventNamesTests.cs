using System.Text;

namespace EventBus.Tests.Wire;

public class ReservedEventNamesTests
{
    [Theory]
    [InlineData("connect", true, true)]
    [InlineData("connect_error", true, false)]
    [InlineData("disconnect", true, false)]
    [InlineData("disconnecting", true, false)]
    [InlineData("newListener", true, false)]
    [InlineData("removeListener", true, false)]
    [InlineData("connection", false, true)]
    [InlineData("new_namespace", false, true)]
    [InlineData("message", false, false)]
    [InlineData("Connect", false, false)]
    [InlineData("connecté", false, false)]
    [InlineData("", false, false)]
    public void Forbid_matches_the_names_that_socket_io_reserves(string name, bool forEmit, bool forServerSideEmit)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        Assert.Equal((forEmit, forEmit), (ReservedEventNames.ForbidEmit(name), ReservedEventNames.ForbidEmit(utf8)));
        Assert.Equal(
            (forServerSideEmit, forServerSideEmit),
            (ReservedEventNames.ForbidServerSideEmit(name), ReservedEventNames.ForbidServerSideEmit(utf8)));
    }
}

using System.Net;
using System.Net.Sockets;

namespace EventBus.Testing;

/// <summary>Finds a port of 127.0.0.1 that no process listens on. Another process may bind it before the server does.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

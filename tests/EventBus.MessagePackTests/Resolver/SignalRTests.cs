using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventBus.MessagePackTests.Resolver;

/// <summary>A hub and a client of SignalR with its MessagePack protocol, over a real connection.</summary>
public sealed class SignalRTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hub_receives_sends_and_returns_payloads()
    {
        await using var server = await StartServerAsync();
        await using var connection = new HubConnectionBuilder()
            .WithUrl($"{server.Urls.Single()}/shop")
            .AddMessagePackProtocol(static protocol => protocol.SerializerOptions = Samples.Options)
            .Build();
        var paid = new TaskCompletionSource<(Payment Payment, Money Amount)>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.On<Payment, Money>("paid", (payment, amount) => paid.SetResult((payment, amount)));
        await connection.StartAsync(Cancellation);

        var returned = await connection.InvokeAsync<Order>("Place", Samples.Order, Cancellation);

        Samples.AssertEqual(Samples.Order with { Lines = [.. Samples.Order.Lines, new Line("fee", 1, 1m)] }, returned);
        Assert.Equal((new Card("4711"), new Money(8m, Currency.Euro)), await paid.Task.WaitAsync(Cancellation));
    }

    private static async Task<WebApplication> StartServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR().AddMessagePackProtocol(static protocol => protocol.SerializerOptions = Samples.Options);
        var server = builder.Build();
        server.MapHub<ShopHub>("/shop");
        await server.StartAsync(Cancellation);
        return server;
    }

    private sealed class ShopHub : Hub
    {
        public async Task<Order> Place(Order order)
        {
            await Clients.Caller.SendAsync("paid", new Card("4711"), new Money(8m, Currency.Euro));
            return order with { Lines = [.. order.Lines, new Line("fee", 1, 1m)] };
        }
    }
}

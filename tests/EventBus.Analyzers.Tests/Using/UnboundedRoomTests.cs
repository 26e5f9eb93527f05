using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class UnboundedRoomTests
{
    [Theory]
    [InlineData("_ = bus.Of().To([|input|]);")]
    [InlineData("_ = bus.Of().To($\"room-{[|input|]}\");")]
    [InlineData("_ = bus.Of().To(\"room-\" + [|input|]);")]
    [InlineData("_ = bus.Of().All.To(\"r1\", [|input|]);")]
    [InlineData("_ = bus.Of().All.Except([|input|] ?? \"r1\");")]
    [InlineData("_ = bus.Of().To(bus.Uid == \"\" ? [|input|] : \"r1\");")]
    [InlineData("_ = bus.Of().To(bus.Uid switch { \"\" => [|input|]!, _ => \"r1\" });")]
    [InlineData("await bus.Of().All.SocketsJoinAsync([[|input|]]);")]
    [InlineData("await bus.Of().All.SocketsJoinAsync(new[] { [|input|] });")]
    [InlineData("await ((LocalSocket)null!).JoinAsync(\"r1\", [|input|]);")]
    [InlineData("await bus.AddHandlerAsync<IChatEvents>(null!, [[|input|]]);")]
    public async Task Triggers(string statements)
    {
        foreach (var function in Calls.PerCall)
            await Analysis.VerifyAsync<UnboundedRoomAnalyzer>(Calls.Around(function, statements));
    }

    [Theory]
    [InlineData("_ = bus.Of().To(\"r1\");")]
    [InlineData("_ = bus.Of().To($\"room-{input.GetHashCode()}\");")]
    [InlineData("_ = bus.Of().To($\"room-{input[..10]}\");")]
    [InlineData("if (input.Length < 40) _ = bus.Of().To(input);")]
    [InlineData("if (input is { Length: < 40 }) _ = bus.Of().To(input);")]
    [InlineData("if (input is not { Length: > 0 and < 40 }) return; _ = bus.Of().To(input);")]
    [InlineData("var room = \"r1\"; _ = bus.Of().To(room);")]
    [InlineData("await bus.Of().To(\"r1\").EmitAsync(input);")]
    public async Task Does_not_trigger(string statements)
    {
        foreach (var function in Calls.PerCall)
            await Analysis.VerifyAsync<UnboundedRoomAnalyzer>(Calls.Around(function, statements));
    }

    [Fact]
    public Task Does_not_trigger_on_other_functions() =>
        Analysis.VerifyAsync<UnboundedRoomAnalyzer>(Calls.Around(Calls.Other, "_ = bus.Of().To(input);"));

    [Fact]
    public Task Does_not_trigger_on_names_of_the_bus() => Analysis.VerifyAsync<UnboundedRoomAnalyzer>($$"""
        {{Calls.Types}}
        public class Chats : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void Answer(IEventBus bus, LocalSocket socket) => bus.Of().To(socket.Id);
        }
        """);

    [Theory]
    [InlineData("MaxLength(40)")]
    [InlineData("StringLength(40)")]
    [InlineData("RegularExpression(\"[a-z]{1,40}\")")]
    public Task Does_not_trigger_with_a_limit(string limit) => Analysis.VerifyAsync<UnboundedRoomAnalyzer>($$"""
        using System.ComponentModel.DataAnnotations;
        [BroadcastEvent] public interface IChatEvents { ValueTask Ping([{{limit}}] string room, Order order, Guid id, Free free); }
        public class Order { [{{limit}}] public string Room { get; set; } = ""; }
        public class Free { public string Room { get; set; } = ""; }
        public class Handler(IEventBus bus) : IChatEvents
        {
            public ValueTask Ping(string room, Order order, Guid id, Free free)
            {
                _ = bus.Of().All.To(room, order.Room, $"order-{id}", [|free.Room|]);
                return default;
            }
        }
        """);
}

using EventBus.Analyzers.Using;

namespace EventBus.Analyzers.Tests.Using;

public sealed class BusPerCallTests
{
    [Theory]
    [InlineData("await using var publisher = [|EventBus.Hosting.EventBusPublisher.Create(dataSource)|];")]
    [InlineData("var bus = await [|EventBus.Hosting.EventBusNode.StartAsync(dataSource)|];")]
    public async Task Triggers_in_code_that_runs_for_each_call(string statements)
    {
        foreach (var function in Calls.PerCall)
            await Analysis.VerifyAsync<BusPerCallAnalyzer>(Calls.Around(function, statements.Replace("var bus", "var node")));
    }

    [Theory]
    [InlineData("while (true) { await using var publisher = [|EventBus.Hosting.EventBusPublisher.Create(dataSource)|]; }")]
    [InlineData(
        "foreach (var item in new[] { 1 }) { await using (var publisher = [|EventBus.Hosting.EventBusPublisher.Create(dataSource)|]) { "
        + "} }")]
    public Task Triggers_in_loops_that_dispose_the_bus(string statements) =>
        Analysis.VerifyAsync<BusPerCallAnalyzer>(Calls.Around(Calls.Other, statements));

    [Theory]
    [InlineData("await using var publisher = EventBus.Hosting.EventBusPublisher.Create(dataSource); while (true) { }")]
    [InlineData(
        "while (true) { try { var node = await EventBus.Hosting.EventBusNode.StartAsync(dataSource); break; } catch (Exception) { } }")]
    [InlineData(
        "var nodes = new List<IEventBus>(); for (var i = 0; i < 3; "
        + "i++) nodes.Add(await EventBus.Hosting.EventBusNode.StartAsync(dataSource));")]
    [InlineData(
        "foreach (var item in new[] { 1 }) { Func<Task> act = async () => { "
        + "await using var publisher = EventBus.Hosting.EventBusPublisher.Create(dataSource); }; }")]
    public Task Does_not_trigger(string statements) => Analysis.VerifyAsync<BusPerCallAnalyzer>(Calls.Around(Calls.Other, statements));
}

using System.Reflection;
using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class HiddenSenderTests
{
    /// <summary>
    /// Every public member of the types that emitted senders extend, found by reflection. The rule must know them all.
    /// </summary>
    public static TheoryData<string> Names =>
    [
        .. typeof(Emitter<>).Assembly.GetExportedTypes()
            .Where(static type => type.Namespace == "EventBus" && type.IsGenericType && type.GetGenericArguments()[0].Name == "TContract")
            .Where(static type => type != typeof(ReplayedEvent<>)) // Nothing is sent to it.
            .SelectMany(static type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(static member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(static member => member.Name)
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Triggers(string name) =>
        Analysis.VerifyAsync<HiddenSenderAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void [|{name}|](byte value); }}");

    [Theory]
    [InlineData("Ping")]
    [InlineData("Toast")]
    [InlineData("post")]
    public Task Does_not_trigger(string name) =>
        Analysis.VerifyAsync<HiddenSenderAnalyzer>($"[BroadcastEvent] public interface IChatEvents {{ void {name}(byte value); }}");
}

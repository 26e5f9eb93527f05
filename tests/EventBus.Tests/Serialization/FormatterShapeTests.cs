using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

/// <summary>What every type of the library must hold so that generated code runs under Native AOT: see docs/decisions/0014.</summary>
public sealed class FormatterShapeTests
{
    [Fact]
    public void Interfaces_have_no_static_abstract_methods() => Assert.Empty(
        from type in typeof(IFormatter<>).Assembly.GetTypes()
        where type.IsInterface
        from method in type.GetMethods()
        where method is { IsStatic: true, IsAbstract: true }
        select $"{type.Name}.{method.Name}");
}

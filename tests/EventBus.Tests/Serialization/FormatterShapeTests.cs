using System.ComponentModel;
using System.Reflection;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public sealed class FormatterShapeTests
{
    // Custom formatters implement and use these types. Only generated code needs the others.
    private static readonly Type[] Visible =
        [typeof(IFormatter<>), typeof(IKeyFormatter<>), typeof(IValueReader), typeof(IValueWriter), typeof(ValueKind), typeof(ValueCursor)];

    // Native AOT may call address 0 for one: see docs/decisions/0014.
    [Fact]
    public void Interfaces_have_no_static_abstract_methods() => Assert.Empty(
        from type in typeof(IFormatter<>).Assembly.GetTypes()
        where type.IsInterface
        from method in type.GetMethods()
        where method is { IsStatic: true, IsAbstract: true }
        select $"{type.Name}.{method.Name}");

    [Fact]
    public void Types_for_generated_code_are_hidden_from_IntelliSense()
    {
        var types = typeof(IFormatter<>).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "EventBus.Serialization" or "EventBus.CompilerServices");
        var shown = types.Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never);
        Assert.Equal(Visible.Select(type => type.Name).Order(), shown.Select(type => type.Name).Order());
    }
}

namespace EventBus.Generators.Model;

/// <summary>What an accessor stands for.</summary>
internal enum AccessorKind
{
    Getter,
    Setter,
    Field,
}

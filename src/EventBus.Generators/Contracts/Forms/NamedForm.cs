namespace EventBus.Generators.Contracts.Forms;

/// <summary>A parameter or a member: <c>note?: string</c>, where the question mark says that a receiver does without it.</summary>
internal sealed class NamedForm(string name, bool isOptional, TypeForm type)
{
    public string Name { get; } = name;

    public bool IsOptional { get; } = isOptional;

    public TypeForm Type { get; } = type;

    public override string ToString() => $"{FormText.Quote(Name)}{(IsOptional ? "?" : "")}: {Type}";
}

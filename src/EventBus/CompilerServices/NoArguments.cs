using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>What an event carries that carries nothing. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoArguments : IArguments<NoArguments>
{
    int IArguments<NoArguments>.Count => 0;

    void IArguments<NoArguments>.Write<TWriter>(ref TWriter writer, in NoArguments arguments)
    {
    }

    NoArguments IArguments<NoArguments>.Read<TReader>(ref TReader reader, ref ArgumentReader arguments, in NoArguments defaults) => default;
}

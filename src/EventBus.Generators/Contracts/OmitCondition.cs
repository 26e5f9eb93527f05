namespace EventBus.Generators.Contracts;

/// <summary>When a member is left out of what is written.</summary>
internal enum OmitCondition
{
    Never,
    WhenNull,
    WhenDefault,
}

namespace EventBus.Generators.Model;

/// <summary>The model of an emitted file.</summary>
/// <param name="FileName">The name of the file.</param>
/// <param name="Model">Its contents.</param>
internal sealed record FileModel<T>(string FileName, T Model)
    where T : IEquatable<T>;

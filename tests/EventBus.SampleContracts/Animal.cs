using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A union of records whose discriminators are text or numbers.</summary>
/// <param name="Name">The base's member comes first.</param>
[JsonDerivedType(typeof(Dog), "dog")]
[JsonDerivedType(typeof(Puppy), "puppy")]
[JsonDerivedType(typeof(Cat), 2)]
public abstract record Animal(string Name);

/// <summary>A case from which another is derived.</summary>
/// <param name="Name">Inherited.</param>
/// <param name="Barks">Its own.</param>
public record Dog(string Name, int Barks) : Animal(Name);

/// <summary>A case that is derived from another.</summary>
/// <param name="Name">Inherited.</param>
/// <param name="Barks">Inherited.</param>
public sealed record Puppy(string Name, int Barks) : Dog(Name, Barks);

/// <summary>Has a number as discriminator.</summary>
/// <param name="Name">Inherited.</param>
/// <param name="Owner">Left open.</param>
public sealed record Cat(string Name, string? Owner) : Animal(Name);

/// <summary>Not listed: it cannot be sent as an animal.</summary>
/// <param name="Name">Inherited.</param>
public sealed record Ghost(string Name) : Animal(Name);

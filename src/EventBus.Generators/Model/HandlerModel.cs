namespace EventBus.Generators.Model;

/// <summary>A class with [EventHandler].</summary>
/// <param name="TypeName">The class, fully qualified.</param>
/// <param name="Receivers">What it receives, one for each attribute and contract.</param>
/// <param name="Codes">The codes of the diagnostics that naming the types causes.</param>
/// <param name="IsObsolete">Whether only obsolete code may name one of the types.</param>
internal sealed record HandlerModel(
    string TypeName, EquatableArray<ReceiverModel> Receivers, EquatableArray<string> Codes, bool IsObsolete);

/// <summary>One receiver of a contract's events.</summary>
/// <param name="ContractName">The contract, fully qualified.</param>
/// <param name="Rooms">The rooms.</param>
/// <param name="IsServerSide">Whether it handles server-side events.</param>
internal sealed record ReceiverModel(string ContractName, EquatableArray<string> Rooms, bool IsServerSide);

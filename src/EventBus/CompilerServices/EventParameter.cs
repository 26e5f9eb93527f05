namespace EventBus.CompilerServices;

/// <summary>One parameter of an event.</summary>
/// <param name="Name">Its name in the contract.</param>
/// <param name="IsOptional">Whether a default stands for it where the sender knew no such parameter.</param>
/// <param name="IsNullDefault">Whether null, which JavaScript's undefined becomes, stands for the default, too.</param>
internal readonly record struct EventParameter(string Name, bool IsOptional, bool IsNullDefault)
{
    /// <summary>Reads generated code's list: names with spaces between, <c>?</c> behind one that is optional, <c>??</c> where null stands for the default, too.</summary>
    public static EventParameter[] All(string parameters) =>
        parameters.Length == 0 ? [] : Array.ConvertAll(parameters.Split(' '), static item => new EventParameter(item.TrimEnd('?'), item.EndsWith('?'), item.EndsWith("??", StringComparison.Ordinal)));
}

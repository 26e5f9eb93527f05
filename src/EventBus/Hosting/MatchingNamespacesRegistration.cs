namespace EventBus.Hosting;

/// <summary>Dynamic namespaces that the host takes care of before the bus starts.</summary>
internal sealed record MatchingNamespacesRegistration(Func<string, bool> Matches, Action<IServiceProvider, IBusNamespace>? Configure);

namespace EventBus.Tests.Namespaces;

/// <summary>A contract for which nothing was generated.</summary>
public interface IUnmarked
{
    void Nothing();
}

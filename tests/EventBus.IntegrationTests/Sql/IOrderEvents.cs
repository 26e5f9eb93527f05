namespace EventBus.IntegrationTests.Sql;

/// <summary>The contract of the sample <c>SqlTrigger</c>.</summary>
[BroadcastEvent]
public interface IOrderEvents
{
    void Placed(Guid id, decimal total);
}

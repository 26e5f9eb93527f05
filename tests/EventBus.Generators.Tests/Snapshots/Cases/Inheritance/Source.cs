namespace Chat;

[BroadcastEvent]
public interface IRoot
{
    void Root();
}

[BroadcastEvent]
public interface ILeft : IRoot
{
    Task Left();
}

[BroadcastEvent]
public interface IRight : IRoot
{
    ValueTask Right();
}

[BroadcastEvent]
public interface IDiamond : ILeft, IRight;

namespace @event.@class;

[BroadcastEvent]
public interface INames
{
    void @void(int target, int cancellationToken, int @class, Value value);

    void Register(int register);

    void Twice();

    void TwiceEvent();
}

public sealed record Value(int Reader, int Key, int Class, bool HasKey);

public static class NamesSenders;

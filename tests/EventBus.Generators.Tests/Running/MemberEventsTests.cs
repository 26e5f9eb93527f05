using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class MemberEventsTests
{
    private readonly IMemberEvents _handler;
    private readonly Recorder<IMemberEvents> _recorder;

    public MemberEventsTests() => (_handler, _recorder) = Recorder<IMemberEvents>.Create();

    [Fact]
    public async Task Write_respects_the_attributes_of_members()
    {
        var loopback = new Loopback<IMemberEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Json(new JsonMembers { Id = 1, Weight = 2, Hidden = 3 });
        Assert.Equal("""["json",{"id":1,"note":null,"weight":2}]""", loopback.Wire);
        await loopback.Emitter.Data(new DataMembers { Id = 1, Unmarked = "u" }.Remember("n"));
        Assert.Equal("""["data",{"note":"n","number":1}]""", loopback.Wire);
        await loopback.Emitter.Packed(new PackedMembers("m") { Id = 1, Secret = "s" });
        Assert.Equal("""["packed",{"m":"m","id":1}]""", loopback.Wire);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_attributed_members(ValueEncoding encoding)
    {
        var emitter = new Loopback<IMemberEvents>(encoding, _handler).Emitter;

        await emitter.Json(new JsonMembers { Id = 1, Note = "n", Weight = 2, Hidden = 3 });
        var json = Assert.IsType<JsonMembers>(_recorder.Last.Arguments[0]);
        Assert.Equal((1, "n", 2, 1), (json.Id, json.Note, json.Weight, json.Hidden));

        await emitter.Data(new DataMembers { Id = 1, Page = 2, Unmarked = "u" }.Remember("n"));
        var data = Assert.IsType<DataMembers>(_recorder.Last.Arguments[0]);
        Assert.Equal(("n", 1, 2, "unmarked"), (data.Recall(), data.Id, data.Page, data.Unmarked));

        await emitter.Packed(new PackedMembers("m") { Id = 1, Secret = "s" });
        var packed = Assert.IsType<PackedMembers>(_recorder.Last.Arguments[0]);
        Assert.Equal(("m", 1, "secret"), (packed.Made, packed.Id, packed.Secret));
    }

    [Theory]
    [InlineData("""["json",{"note":"n"}]""", "id")]
    [InlineData("""["json",{"id":1}]""", "note")]
    [InlineData("""["data",{"note":"n"}]""", "number")]
    public async Task Read_missing_JsonRequired_member_throws(string data, string member)
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IMemberEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data));

        Assert.Contains($"The member '{member}' of ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_included_private_members(ValueEncoding encoding)
    {
        var emitter = new Loopback<IMemberEvents>(encoding, _handler).Emitter;
        var account = Account.Open("ann", 1.50m, 100);
        account.Note = "n";

        await emitter.Account(account);
        Assert.Equal(account.ToString(), Assert.IsType<Account>(_recorder.Last.Arguments[0]).ToString());
        await emitter.Counter(default(Counter).Next().Next());
        Assert.Equal(default(Counter).Next().Next(), _recorder.Last.Arguments[0]);
        await emitter.Savings(new Savings { Rate = 0.5 }.Save(2));
        Assert.Equal((3, 0.5), (Assert.IsType<Savings>(_recorder.Last.Arguments[0]).Sum, ((Savings)_recorder.Last.Arguments[0]!).Rate));
    }

    [Fact]
    public async Task Read_missing_private_members_keep_their_defaults()
    {
        var loopback = new Loopback<IMemberEvents>(ValueEncoding.Json, _handler);

        await loopback.ReceiveAsync("""["account",{"owner":"ann"}]""");
        Assert.Equal("ann 0 0001-01-01   v1", _recorder.Last.Arguments[0]!.ToString());
        await loopback.ReceiveAsync("""["savings",{}]""");
        Assert.Equal(1, Assert.IsType<Savings>(_recorder.Last.Arguments[0]).Sum);
    }
}

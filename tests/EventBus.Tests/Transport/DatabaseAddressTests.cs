using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

public class DatabaseAddressTests
{
    [Theory]
    [InlineData("Host=db.example;Database=shop", "'shop' on db.example:5432")]
    [InlineData("Host=db.example;Port=6000;Username=bus", "'bus' on db.example:6000")]
    [InlineData("Host=db.example:6001;Port=6000;Database=shop", "'shop' on db.example:6001")]
    [InlineData("Host=[::1]:6001;Database=shop", "'shop' on ::1:6001")]
    [InlineData("Host=[::1];Database=shop", "'shop' on ::1:5432")]
    [InlineData("Host=fe80::1;Database=shop", "'shop' on fe80::1:5432")]
    [InlineData("Host=/var/run/postgresql;Port=6000;Database=shop", "'shop' on /var/run/postgresql:6000")]
    [InlineData("Host=a, b:6001,c;Port=6000;Database=shop", "'shop' on a:6000, b:6001, c:6000")]
    public async Task ToString_names_hosts_ports_and_database(string connectionString, string expected)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        Assert.Equal(expected, new DatabaseAddress(dataSource).ToString());
    }
}

using Checkout.Postgres;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Checkout.Tests.Postgres;

public sealed class PostgresSettingsTests
{
    [Fact]
    public void Read_ConnectionString_NamesTheServiceAndKeepsThePoolSmall()
    {
        NpgsqlConnectionStringBuilder settings = Read("Host=db;Password=hush;Application Name=mine");

        Assert.Equal(("db", "hush", "checkout", 20), (settings.Host, settings.Password, settings.ApplicationName, settings.MaxPoolSize));
    }

    [Fact]
    public void Read_PoolSizeIsSaid_IsTaken() => Assert.Equal(7, Read("Host=db;Maximum Pool Size=7").MaxPoolSize);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Read_Missing_SaysHowToGiveIt(string? text)
    {
        UsageException exception = Assert.Throws<UsageException>(() => Read(text));

        Assert.Contains("ConnectionStrings__Postgres=", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://shop:hush@db/shop")]
    [InlineData("Host=db;Password=hush;hush=1")]
    [InlineData("Host=db;Port=hush")]
    [InlineData("Host=db;Port=-1;Password=hush")]
    public void Read_Unreadable_SaysSoWithoutQuotingIt(string text)
    {
        UsageException exception = Assert.Throws<UsageException>(() => Read(text));

        Assert.Contains("is no connection string", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }

    private static NpgsqlConnectionStringBuilder Read(string? text) => PostgresSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Postgres", text)]).Build(), "checkout");
}

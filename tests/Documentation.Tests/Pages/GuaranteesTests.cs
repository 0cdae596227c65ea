namespace Documentation.Tests.Pages;

/// <summary>A promise whose test was renamed or removed is held by nothing.</summary>
public sealed class GuaranteesTests
{
    [Fact]
    public void Tests_OfEachGuarantee_Exist()
    {
        string[] named = TestNames.In(Repository.Read("docs/guarantees.md"));

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(TestNames.ThereAre()));
    }
}

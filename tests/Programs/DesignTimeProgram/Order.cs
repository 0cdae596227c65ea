namespace DesignTimeProgram;

/// <summary>What the shop sells.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public string Item { get; set; } = "";
}

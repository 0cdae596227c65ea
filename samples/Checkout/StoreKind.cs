namespace Checkout;

/// <summary>Where orders and payments are kept: the values of <c>--store</c>.</summary>
internal enum StoreKind
{
    /// <summary>A file in the data folder, which the instances on one machine share.</summary>
    Sqlite,

    /// <summary>A server: <c>ConnectionStrings:Postgres</c>.</summary>
    Postgres,
}

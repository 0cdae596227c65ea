namespace Quiesce;

/// <summary>Names a unit whose kind is known only after it began, such as a request whose route is matched later.</summary>
internal interface IWorkDescription
{
    /// <summary>Gets the kind as far as it is known. May be asked by another thread while the unit runs or just ended; must not throw.</summary>
    string Kind { get; }
}

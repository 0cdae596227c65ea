namespace Quiesce.Schedules;

/// <summary>Compares instants, and notes when one comparison was too close to call: the runtime's timers count in milliseconds, and several follow
/// one another.</summary>
internal sealed class Instants
{
    public const double Near = 25;

    /// <summary>Gets a value indicating whether something hung on a few milliseconds: then the model does not know.</summary>
    public bool TooClose { get; private set; }

    public bool Before(double left, double right)
    {
        TooClose |= Math.Abs(left - right) < Near; // never for two infinities: their difference is no number
        return left < right;
    }
}

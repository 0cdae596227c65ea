namespace Quiesce;

/// <summary>What only the owner of the process may do to it; a seam so that the ladder can be tested without dying.</summary>
internal interface IProcessEnd
{
    /// <summary>Sets the code the process reports if its entry point returns none.</summary>
    void SetExitCode(int exitCode);

    /// <summary>Writes one line to standard error. Bounded: a pipe that nobody reads must not hold up the end.</summary>
    void WriteLastLine(string line);

    /// <summary>Has the kernel end the process after <paramref name="delay"/>, should the runtime stand still by then. A second
    /// call replaces the first.</summary>
    void EndByKernelAfter(TimeSpan delay);

    /// <summary>Gets a value indicating whether a debugger is attached: whoever sits in front of it would lose the process.</summary>
    bool IsDebugged { get; }

    /// <summary>Takes the kernel's timer back: a debugger may have come after it was set.</summary>
    void SpareFromKernel();

    /// <summary>Lets the kernel's signal through to the calling thread, which must live as long as the process. The other threads may
    /// have been started with all signals blocked.</summary>
    void LetKernelThrough();

    /// <summary>Has <paramref name="exiting"/> called, with the exit code, when the process ends in the ordinary way: <c>Main</c> has returned, or
    /// somebody else has called <see cref="Environment.Exit"/>. Not for <see cref="End"/>. It must return quickly.</summary>
    void OnExit(Action<int> exiting);

    /// <summary>Ends the process. Does not return in a real process.</summary>
    /// <param name="exitCode">The code it ends with.</param>
    /// <param name="exitLimit">What exit handlers and finalizers have.</param>
    void End(int exitCode, TimeSpan exitLimit);
}

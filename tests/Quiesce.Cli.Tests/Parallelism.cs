// No more on any machine, and on two cores no fewer: most of the time is spent waiting for small loads and graces: two tests at once leave two cores half idle.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

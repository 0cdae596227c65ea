// Most of the time is spent waiting for deadlines. Four tests at once, three processes each, leave two cores half idle.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
